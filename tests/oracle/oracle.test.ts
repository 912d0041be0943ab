import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Constellation, onEachTransport, TRANSPORTS } from '#tests/constellation/constellation.ts';
import { testSeed } from '#tests/seed.ts';
import { judge } from './judge.ts';

const seed = testSeed();

onEachTransport(`what every surface shows, judged by an oracle (SEED=${seed})`, (calls) => {
  const started = Constellation.forTests({ settings: { calls } });

  it('is never more than is allowed, and everything when all has settled', async () => {
    await judge(await started, seed + TRANSPORTS.indexOf(calls), Number(process.env.DEEDS ?? 70));
  });
});

describe('the oracle', () => {
  it('knows nothing of the product', () => {
    for (const name of ['model.ts', 'rules.ts']) {
      const source = readFileSync(new URL(name, import.meta.url), 'utf8');
      const imported = [...source.matchAll(/from '([^']+)'/g)].map((match) => match[1]);
      assert.deepEqual(
        imported.filter((path) => path !== './model.ts'),
        [],
        name,
      );
    }
  });
});
