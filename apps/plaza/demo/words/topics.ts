import type { SceneName } from '../drawing/scenes.ts';
import type { Grammar } from './grammar.ts';
import { FIRST_TOPICS } from './topics-first.ts';
import { MORE_TOPICS } from './topics-more.ts';

/** Something that people here like to talk about. */
export interface Topic {
  /** For their bios: "likes …". */
  readonly liking: string;
  readonly tags: readonly string[];
  readonly scenes: readonly SceneName[];
  /** Rules: `post` for words alone, `picture` for what stands beside a picture, `reply` for an answer that knows the matter, `ask` for a question. */
  readonly grammar: Grammar;
}

/** All of them, in the order that the seed of a demo counts on. */
export const TOPICS: readonly Topic[] = [...FIRST_TOPICS, ...MORE_TOPICS];
