import { Chance } from '../chance.ts';
import { face } from '../drawing/faces.ts';
import { render } from '../drawing/render.ts';
import { SCENES, type SceneName } from '../drawing/scenes.ts';
import type { PlannedPerson } from '../plan/people.ts';
import { comingAgain } from './coming-again.ts';
import { inParallel, type Stage } from './stage.ts';

const STEP = 'People';
/** As many as have a processor to themselves; drawing and scaling is what takes the time. */
const WIDTH = 3;
/** A person in so many shows a landscape instead of a face. */
const LANDSCAPE_SHARE = 0.2;
const HEADER = { width: 1200, height: 400 };
const LANDSCAPE = { width: 400, height: 400 };

export interface MadePeople {
  readonly ids: readonly string[];
  readonly demoPassword: string;
}

/** Makes the accounts, spread over the time from now to `untilMs`, with their pictures. Only the demo user's password is known to anybody. */
export async function makePeople(
  stage: Stage,
  people: readonly PlannedPerson[],
  untilMs: number,
  seed: number,
): Promise<MadePeople> {
  const ids: string[] = new Array<string>(people.length).fill('');
  let demoPassword = '';
  const fromMs = stage.clock.now();
  let done = 0;
  const groups = Math.ceil(people.length / (WIDTH * 3));
  for (let group = 0; group < groups; group++) {
    await stage.leapTo(fromMs + ((untilMs - fromMs) * group) / groups);
    const members = people.map((person, index) => ({ person, index })).filter(({ index }) => index % groups === group);
    await inParallel(members, WIDTH, async ({ person, index }) => {
      const { username } = person;
      const made = await stage.authentication.createAccountAs(
        { username, email: null, role: 'user', password: null },
        stage.plaza.operator.context(),
      );
      ids[index] = made.accountId;
      if (index === 0) demoPassword = made.password;
      await dress(stage, made.accountId, person, new Chance(seed + index));
      stage.report(STEP, ++done, people.length);
    });
  }
  return { ids, demoPassword };
}

async function dress(stage: Stage, accountId: string, person: PlannedPerson, chance: Chance): Promise<void> {
  const { displayName, bio, fields, locked, topics, hasAvatar, hasHeader } = person;
  const scene = SCENES[chance.pick<SceneName>(topics[0]?.scenes ?? ['sea'])];
  const isFace = !chance.happens(LANDSCAPE_SHARE);
  const avatar = isFace ? face(chance.fork()) : scene(chance.fork(), LANDSCAPE).svg;
  const header = scene(chance.fork(), HEADER);
  const profile: Parameters<typeof stage.user.updateProfile>[0] = {
    displayName,
    bio,
    fields: fields.map((field) => ({ ...field })),
    locked,
    discoverable: true,
    indexable: true,
    ...(hasAvatar
      ? {
          avatar: { base64: (await render(avatar, 'png')).toString('base64') },
          avatarDescription: isFace ? 'A drawn face' : 'A drawn landscape',
        }
      : {}),
    ...(hasHeader
      ? {
          header: { base64: (await render(header.svg, 'jpeg')).toString('base64') },
          headerDescription: header.description,
        }
      : {}),
    preferences: { postingLanguage: person.language?.code ?? 'en' },
  };
  await comingAgain.execute(() => stage.user.updateProfile(profile, stage.as(accountId)));
}
