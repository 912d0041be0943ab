/** A process that ends at `media.after-store`. Arguments: folder, id of the uploader. */
import { systemClock } from '#platform/clock/system-clock.ts';
import { killAt } from '#platform/faults/faults.ts';
import { FakeUsers } from '../testing/fake-users.ts';
import { as, openStage } from '../testing/stage.ts';
import { picture, uploadAs } from './testing.ts';

const [folder, ownerId] = process.argv.slice(2) as [string, string];
const users = new FakeUsers();
users.add(ownerId, 'ada');
const stage = await openStage({ folder, users, faults: killAt('media.after-store', 1) });
await uploadAs(stage, as(ownerId, systemClock), await picture());
process.stdout.write('not killed');
await stage.close();
