import assert from 'node:assert/strict';
import { it } from 'node:test';
import { routes } from '#services/gateway/routes/index.ts';
import { Constellation, onEachTransport } from '#tests/constellation/constellation.ts';
import { startCast } from './cast.ts';
import { runMatrix } from './run-matrix.ts';

onEachTransport('who may do what', (calls) => {
  it('every operation answers every kind of caller as it is written beside its route', async () => {
    const cast = await startCast({ settings: { calls } });
    try {
      const { asked, red } = await runMatrix(routes, cast);
      assert.deepEqual(red, []);
      assert.ok(asked >= routes.length * 10);
    } finally {
      await cast.plaza.remove();
    }
  });
});
