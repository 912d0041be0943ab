import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Mutation } from '#tests/mutation/mutation.ts';
import { runWithout } from '#tests/mutation/run-without.ts';

const CHILD = join(import.meta.dirname, 'mutant-child.ts');
const DEEDS = 90;

const MUTATIONS: readonly Mutation[] = [
  {
    check: 'posts for followers are for followers',
    file: 'policies/visibility/visibility.ts',
    text: 'return facts.following || head.mentionedIds.includes(viewer.id);',
    instead: 'return true;',
  },
  {
    check: 'whoever is muted is not met',
    file: 'policies/visibility/visibility.ts',
    text: 'return maySeePost(viewer, head, facts) && !facts.muting;',
    instead: 'return maySeePost(viewer, head, facts);',
  },
  {
    check: 'a repost shows only what may be seen',
    file: 'policies/visibility/show.ts',
    text: 'if (target === undefined || !passes(viewer, target, facts, rule)) return undefined;',
    instead: 'if (target === undefined) return undefined;',
  },
  {
    check: 'what is remembered of two people is of now',
    file: 'services/user/visibility-facts.ts',
    text: 'if (known !== undefined && known.viewerEpoch === viewer.epoch && known.authorEpoch === author.epoch) {',
    instead: 'if (known !== undefined) {',
  },
];

/** The same in every run, so that whether a check is missed is no matter of luck. */
const SEEDS = [1, 2, 3];

describe('without a check the oracle finds a counterexample', { concurrency: 2 }, () => {
  for (const mutation of MUTATIONS) {
    it(mutation.check, async () => {
      for (const seed of SEEDS) {
        const found = await runWithout(mutation, CHILD, [String(seed), String(DEEDS)]);
        if (/shows .*, which it must not|does not show/.test(found)) return;
      }
      assert.fail(`nothing was found with the seeds ${SEEDS.join(', ')}`);
    });
  }
});
