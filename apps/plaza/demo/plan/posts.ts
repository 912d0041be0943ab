import type { Chance } from '../chance.ts';
import type { SceneName } from '../drawing/scenes.ts';
import { GENERAL, POLLS } from '../words/general.ts';
import { compose, type Grammar } from '../words/grammar.ts';
import type { Topic } from '../words/topics.ts';
import type { Graph } from './follows.ts';
import type { PlannedPerson } from './people.ts';

export interface PlannedPicture {
  readonly scene: SceneName;
  readonly seed: number;
}

export interface PlannedPost {
  readonly author: number;
  /** Milliseconds before the present. */
  readonly agoMs: number;
  readonly text: string;
  readonly contentWarning: string;
  readonly sensitive: boolean;
  readonly language: string;
  readonly visibility: 'public' | 'unlisted' | 'followers';
  readonly pictures: readonly PlannedPicture[];
  readonly poll: (typeof POLLS)[number] | null;
  readonly parent: PlannedPost | null;
  readonly topic: Topic | null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
export const SPAN_MS = 21 * DAY_MS;
/** How likely people are to post in each hour of the day (UTC). */
const BY_HOUR = [2, 1, 1, 1, 1, 2, 4, 7, 9, 8, 7, 7, 9, 8, 6, 6, 7, 8, 9, 11, 12, 11, 8, 4];
const OPENING_SHARE = 0.6;
const PICTURE_SHARE = 0.33;
const POLL_SHARE = 0.025;
const MAX_TRIES = 20;

/** Posts of three weeks, oldest first: what people begin, and what others answer. */
export function planPosts(
  people: readonly PlannedPerson[],
  graph: Graph,
  count: number,
  presentMs: number,
  chance: Chance,
): PlannedPost[] {
  const weights = people.map(({ chattiness }) => chattiness);
  const said = new Set<string>();
  const openings = Array.from({ length: Math.ceil(count * OPENING_SHARE) }, () =>
    unlike(said, () => opening(people, chance.weighted(weights), whenAgo(presentMs, chance), chance)),
  );
  const posts = [...openings];
  // Who is widely followed is answered more; each answer may be answered in its turn.
  const pull = openings.map(({ author }) => 1 + (graph.followers[author]?.length ?? 0) ** 0.8);
  // Not everybody has somebody to answer: a small community may end up with fewer posts.
  for (let tries = 0; posts.length < count && tries < count * 10; tries++) {
    const root = openings[chance.weighted(pull)];
    if (root === undefined) break;
    converse(root, people, graph, chance, posts, count);
  }
  return posts.sort((a, b) => b.agoMs - a.agoMs).slice(0, count);
}

/** What nobody has said yet, if some tries find it. */
function unlike(said: Set<string>, make: () => PlannedPost): PlannedPost {
  let post = make();
  for (let tries = 0; said.has(post.text) && tries < MAX_TRIES; tries++) post = make();
  said.add(post.text);
  return post;
}

/** Milliseconds before `presentMs`, at an hour of the day when people are awake. */
function whenAgo(presentMs: number, chance: Chance): number {
  const hour = chance.weighted(BY_HOUR) + chance.next();
  const sinceMidnight = (presentMs % DAY_MS) / HOUR_MS;
  const hoursAgo = (sinceMidnight - hour + 24) % 24;
  return chance.whole(0, SPAN_MS / DAY_MS - 1) * DAY_MS + hoursAgo * HOUR_MS;
}

function opening(people: readonly PlannedPerson[], author: number, agoMs: number, chance: Chance): PlannedPost {
  const person = people[author];
  if (person === undefined) throw new RangeError(`nobody is number ${author}`);
  const visibility = (['public', 'unlisted', 'followers'] as const)[
    chance.weighted(person.locked ? [3, 2, 5] : [88, 6, 6])
  ]!;
  const common = {
    author,
    agoMs,
    visibility,
    contentWarning: '',
    sensitive: false,
    language: 'en',
    pictures: [],
    poll: null,
    parent: null,
  };
  const { language } = person;
  if (language !== undefined && chance.happens(0.85)) {
    const pictures = chance.happens(PICTURE_SHARE) ? picturesOf(chance.pick(person.topics), chance) : [];
    return {
      ...common,
      topic: null,
      language: language.code,
      text: compose(language.grammar, 'post', chance),
      pictures,
    };
  }
  if (chance.happens(POLL_SHARE)) {
    const poll = chance.pick(POLLS);
    return { ...common, topic: null, text: poll.question, poll };
  }
  if (chance.happens(0.06)) {
    return {
      ...common,
      topic: null,
      text: compose(GENERAL, 'burdened', chance),
      contentWarning: compose(GENERAL, 'warning', chance),
      sensitive: true,
    };
  }
  if (chance.happens(0.14)) return { ...common, topic: null, text: compose(GENERAL, 'chat', chance) };
  const topic = chance.pick(person.topics);
  if (chance.happens(PICTURE_SHARE)) {
    const sensitive = chance.happens(0.04);
    return {
      ...common,
      topic,
      sensitive,
      text: withTags(compose(topic.grammar, 'picture', chance), topic, chance),
      pictures: picturesOf(topic, chance),
    };
  }
  const rule = chance.happens(0.22) ? 'ask' : 'post';
  return { ...common, topic, text: withTags(compose(topic.grammar, rule, chance), topic, chance) };
}

function withTags(text: string, topic: Topic, chance: Chance): string {
  if (!chance.happens(0.5)) return text.trim();
  const tags = chance.shuffled(topic.tags).slice(0, chance.whole(1, 2));
  return `${text.trim()}${chance.pick([' ', '\n\n'])}${tags.map((tag) => `#${tag}`).join(' ')}`;
}

function picturesOf(topic: Topic, chance: Chance): PlannedPicture[] {
  const count = chance.pick([1, 1, 1, 1, 1, 1, 2, 1, 1, 3]);
  const scene = chance.pick(topic.scenes);
  return Array.from({ length: count }, () => ({ scene, seed: chance.whole(1, 2 ** 31) }));
}

/** Adds some answers below a post: by its followers, by its author in reply to them, or by the author going on. */
function converse(
  root: PlannedPost,
  people: readonly PlannedPerson[],
  graph: Graph,
  chance: Chance,
  posts: PlannedPost[],
  count: number,
): void {
  let parent = root;
  const turns = chance.pick([1, 1, 1, 2, 2, 3, 4]);
  for (let turn = 0; turn < turns && posts.length < count; turn++) {
    const agoMs = parent.agoMs - (2 * MINUTE_MS + chance.next() ** 2 * 5 * HOUR_MS);
    if (agoMs < MINUTE_MS) return;
    const author = answerer(parent, root, graph, turn, chance);
    const person = author === undefined ? undefined : people[author];
    if (author === undefined || person === undefined) return;
    const to = people[parent.author];
    const mention = parent.author === author ? '' : `@${to?.username} `;
    const { grammar, rule, language } = wordsFor(person, parent, root, author, chance);
    const answer: PlannedPost = {
      author,
      agoMs,
      text: `${mention}${compose(grammar, rule, chance)}`.trim(),
      contentWarning: root.contentWarning,
      sensitive: root.contentWarning !== '',
      language,
      visibility: root.visibility === 'public' && chance.happens(0.5) ? 'unlisted' : root.visibility,
      pictures: [],
      poll: null,
      parent,
      topic: root.topic,
    };
    posts.push(answer);
    parent = answer;
  }
}

/**
 * Who answers: a follower of the first post's author, or that author when somebody else has spoken. What is for followers only is answered by those who
 * see it: followers of its author, and whom it mentions.
 */
function answerer(
  parent: PlannedPost,
  root: PlannedPost,
  graph: Graph,
  turn: number,
  chance: Chance,
): number | undefined {
  if (parent.author !== root.author && (turn % 2 === 1 || parent.visibility === 'followers')) {
    return parent.visibility !== 'followers' || parent.parent?.author === root.author ? root.author : undefined;
  }
  if (turn === 0 && chance.happens(0.12)) return root.author;
  const readers = graph.followers[root.author] ?? [];
  return readers.length === 0 ? undefined : chance.pick(readers);
}

function wordsFor(
  person: PlannedPerson,
  parent: PlannedPost,
  root: PlannedPost,
  author: number,
  chance: Chance,
): { grammar: Grammar; rule: string; language: string } {
  const { language } = person;
  if (language !== undefined && (root.language === language.code || chance.happens(0.3)))
    return { grammar: language.grammar, rule: 'reply', language: language.code };
  if (author === parent.author) return { grammar: GENERAL, rule: 'more', language: 'en' };
  if (author === root.author) return { grammar: GENERAL, rule: 'thanks', language: 'en' };
  if (root.topic !== null && chance.happens(0.45))
    return { grammar: root.topic.grammar, rule: 'reply', language: 'en' };
  return { grammar: GENERAL, rule: 'reply', language: 'en' };
}
