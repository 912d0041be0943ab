/**
 * Creates one post with a given key in a process that ends at a fault point. Arguments: folder, fault point or `none`, author id, key.
 * Prints the post's id when it is acknowledged.
 */
import { killAt, noFaults } from '#platform/faults/faults.ts';
import type { FaultPoint } from '#platform/faults/points.ts';
import { FakeUsers } from './fake-users.ts';
import { as, draft, openStage } from './stage.ts';

const [folder, point, authorId, key] = process.argv.slice(2) as [string, string, string, string];
const users = new FakeUsers();
users.add(authorId, 'ada');
const faults = point === 'none' ? noFaults : killAt(point as FaultPoint, 1);
const stage = await openStage({ folder, users, faults });
const { head } = await stage.post.create({ draft: draft('said once #once'), idempotencyKey: key }, as(authorId));
process.stdout.write(head.id);
await stage.drain();
await stage.close();
