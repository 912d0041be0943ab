import type { Chance } from '../chance.ts';
import { compose } from '../words/grammar.ts';
import { LANGUAGES, type Language } from '../words/languages.ts';
import { FIRST_NAMES, JOBS, LAST_NAMES, PLACES } from '../words/names.ts';
import { TOPICS, type Topic } from '../words/topics.ts';

export interface PlannedPerson {
  readonly username: string;
  readonly displayName: string;
  readonly bio: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly locked: boolean;
  /** Undefined for those who write English. */
  readonly language: Language | undefined;
  readonly topics: readonly Topic[];
  /** How likely they are to be followed, and how much they post: powers of a rank, so that few have much. */
  readonly fame: number;
  readonly chattiness: number;
  readonly hasAvatar: boolean;
  readonly hasHeader: boolean;
}

/** Who signs in to look around. */
export const DEMO_USERNAME = 'demo';

/** One in so many writes another language, as long as there are names. */
const FOREIGN_EVERY = 7;
const FAME_EXPONENT = -0.85;
const CHATTINESS_EXPONENT = -0.6;
const TOPICS_EACH = 3;

/** The demo user first, then everybody else. All usernames end with `suffix`. */
export function planPeople(count: number, suffix: string, chance: Chance): PlannedPerson[] {
  const others = count - 1;
  const ranks = chance.shuffled(Array.from({ length: others }, (_, rank) => rank + 1));
  const talk = chance.shuffled(Array.from({ length: others }, (_, rank) => rank + 1));
  const foreigners = chance.shuffled(
    LANGUAGES.flatMap((language) => language.names.map((name) => ({ language, name }))),
  );
  const names = new NameGiver(chance);
  const people = Array.from({ length: others }, (_, index): PlannedPerson => {
    const foreigner = index % FOREIGN_EVERY === FOREIGN_EVERY - 1 ? foreigners.pop() : undefined;
    const topics = chance.shuffled(TOPICS).slice(0, TOPICS_EACH);
    const { username, displayName } =
      foreigner === undefined ? names.next() : { username: foreigner.name[0], displayName: foreigner.name[1] };
    return {
      username,
      displayName:
        foreigner === undefined && chance.happens(0.18)
          ? `${displayName} ${chance.pick(['🌿', '🚲', '📚', '🐦', '🌙', '☕', '🧶', '🎲'])}`
          : displayName,
      bio: foreigner === undefined ? bioOf(topics, chance) : chance.pick(foreigner.language.bios),
      fields: fieldsOf(username, topics, chance),
      locked: chance.happens(0.07),
      language: foreigner?.language,
      topics,
      fame: (ranks[index] ?? 1) ** FAME_EXPONENT,
      chattiness: (talk[index] ?? 1) ** CHATTINESS_EXPONENT,
      hasAvatar: chance.happens(0.93),
      hasHeader: chance.happens(0.6),
    };
  });
  return [demoPerson(chance), ...people].map((person) => ({ ...person, username: person.username + suffix }));
}

function demoPerson(chance: Chance): PlannedPerson {
  return {
    username: DEMO_USERNAME,
    displayName: 'Robin Visitor',
    bio: 'Just looking around. 👋 This account is for whoever tries this place out.',
    fields: [{ name: 'Pronouns', value: 'any' }],
    locked: false,
    language: undefined,
    topics: chance.shuffled(TOPICS).slice(0, TOPICS_EACH),
    fame: 0.15,
    chattiness: 0.12,
    hasAvatar: true,
    hasHeader: true,
  };
}

/** Names that nobody else here has. */
class NameGiver {
  readonly #chance: Chance;
  readonly #given = new Set<string>([DEMO_USERNAME]);

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  next(): { username: string; displayName: string } {
    const first = this.#chance.pick(FIRST_NAMES);
    const last = this.#chance.pick(LAST_NAMES);
    const plain = last.toLowerCase().replace(/[^a-z]/g, '');
    const candidates = this.#chance.shuffled([
      `${first}_${plain}`,
      `${first}${plain[0]}`,
      `${first}${plain}`,
      `${plain}_${first[0]}`,
    ]);
    const free = candidates.map((name) => name.toLowerCase().slice(0, 26)).find((name) => !this.#given.has(name));
    const username = free ?? `${first.toLowerCase()}${this.#given.size}`;
    this.#given.add(username);
    return { username, displayName: this.#chance.happens(0.75) ? `${first} ${last}` : first };
  }
}

function bioOf(topics: readonly Topic[], chance: Chance): string {
  const [first, second] = topics.map(({ liking }) => compose({ liking: [liking] }, 'liking', chance));
  const place = chance.pick(PLACES);
  const job = chance.pick(JOBS);
  const tag = chance.pick(topics).tags[0];
  return chance.pick([
    `${job} in ${place}. ${capital(first)}, ${second}, and long silences.`,
    `${capital(first)} and ${second}. ${chance.pick(['She/her.', 'He/him.', 'They/them.', ''])}`.trim(),
    `${job}. Here for ${first}. Opinions are borrowed and will be returned.`,
    `I post about ${first}. Sometimes ${second}. #${tag}`,
    `${capital(first)} from ${place}. Ask me about ${second}.`,
    `${job} by day, ${second} by night.`,
  ]);
}

function fieldsOf(username: string, topics: readonly Topic[], chance: Chance) {
  const fields = [
    { name: 'Website', value: `https://${username.replaceAll('_', '-')}.example` },
    { name: 'Pronouns', value: chance.pick(['she/her', 'he/him', 'they/them', 'any']) },
    { name: 'Lives in', value: chance.pick(PLACES) },
    { name: 'Talk to me about', value: `#${topics[0]?.tags[0]}` },
  ];
  return chance.shuffled(fields).slice(0, chance.pick([0, 1, 1, 2, 3]));
}

function capital(text = ''): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
