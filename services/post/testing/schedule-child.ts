/** Opens a folder at the time at which a scheduled post is due, and ends at a fault point. Arguments: folder, fault point, author id, time. */
import { TestClock } from '#platform/clock/test-clock.ts';
import { killAt } from '#platform/faults/faults.ts';
import type { FaultPoint } from '#platform/faults/points.ts';
import { FakeUsers } from './fake-users.ts';
import { settle } from './settle.ts';
import { openStage } from './stage.ts';

const [folder, point, authorId, timeMs] = process.argv.slice(2) as [string, string, string, string];
const users = new FakeUsers();
users.add(authorId, 'ada');
const clock = new TestClock(Number(timeMs));
const stage = await openStage({ folder, users, clock, faults: killAt(point as FaultPoint, 1) });
await settle(stage, clock, 120_000);
await stage.close();
