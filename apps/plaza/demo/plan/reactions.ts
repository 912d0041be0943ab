import type { Chance } from '../chance.ts';
import type { Graph } from './follows.ts';
import type { PlannedPerson } from './people.ts';
import type { PlannedPost } from './posts.ts';

/** What others do with one post, by index. */
export interface PlannedReactions {
  readonly likers: readonly number[];
  readonly reposters: readonly number[];
  readonly bookmarkers: readonly number[];
  readonly voters: readonly { readonly person: number; readonly choices: readonly number[] }[];
}

const REPOST_SHARE = 0.18;
const MOST_VOTERS = 40;

/** Likes grow with the author's reach; pictures are liked more, answers less. */
export function planReactions(
  post: PlannedPost,
  people: readonly PlannedPerson[],
  graph: Graph,
  chance: Chance,
): PlannedReactions {
  const readers = graph.followers[post.author] ?? [];
  const liking = chance.next() ** 2.2 * (post.pictures.length > 0 ? 0.5 : 0.3) * (post.parent === null ? 1 : 0.3);
  const likers = readers.filter(() => chance.happens(liking));
  const isOpen = post.visibility !== 'followers' && post.parent === null;
  const reposters =
    isOpen && chance.happens(REPOST_SHARE)
      ? chance.shuffled(readers).slice(0, chance.whole(1, 1 + Math.floor(readers.length / 18)))
      : [];
  const bookmarkers = likers.filter((person) => chance.happens(person === 0 ? 0.5 : 0.04));
  return {
    likers,
    reposters,
    bookmarkers,
    voters: post.poll === null ? [] : votersOf(post.poll, electorate(post, people, readers), chance),
  };
}

/** Who may see a poll and did not make it. */
function electorate(
  post: PlannedPost,
  people: readonly PlannedPerson[],
  readers: readonly number[],
): readonly number[] {
  if (post.visibility === 'followers') return readers;
  return people.map((_, index) => index).filter((index) => index !== post.author);
}

function votersOf(poll: NonNullable<PlannedPost['poll']>, people: readonly number[], chance: Chance) {
  const taste = poll.options.map(() => chance.next() ** 2 + 0.05);
  const most = Math.min(MOST_VOTERS, people.length);
  const voters = chance.shuffled(people).slice(0, chance.whole(Math.ceil(most / 4), most));
  return voters.map((person) => {
    const first = chance.weighted(taste);
    const also =
      poll.multiple === true
        ? poll.options.map((_, index) => index).filter((index) => index !== first && chance.happens(0.3))
        : [];
    return { person, choices: [first, ...also].sort((a, b) => a - b) };
  });
}
