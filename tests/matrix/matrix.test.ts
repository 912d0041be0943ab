import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Expectation, Route } from '#services/gateway/route.ts';
import { routes } from '#services/gateway/routes/index.ts';
import { onEachTransport } from '#tests/constellation/constellation.ts';
import { type Cast, startCast } from './cast.ts';
import { prepare } from './requests.ts';
import { runMatrix } from './run-matrix.ts';

onEachTransport('who may do what', (calls) => {
  it('every operation answers every kind of caller as it is written beside its route', async () => {
    const cast = await startCast({ settings: { calls } });
    try {
      const { asked, red } = await runMatrix(routes, cast);
      assert.deepEqual(red, []);
      assert.ok(asked >= routes.length * 11);
    } finally {
      await cast.plaza.remove();
    }
  });
});

describe('the table of routes', () => {
  const kinds: readonly (keyof Expectation)[] = [
    'anonymous',
    'appOnly',
    'wrongScope',
    'otherUser',
    'blockedUser',
    'suspended',
    'owner',
    'moderator',
    'admin',
  ];

  it('has a row for each kind of caller beside each route', () => {
    for (const { method, url, expect } of routes) {
      assert.deepEqual(Object.keys(expect).sort(), [...kinds].sort(), `${method} ${url}`);
      for (const kind of kinds) assert.ok(expect[kind] >= 200 && expect[kind] < 500, `${method} ${url} ${kind}`);
    }
  });

  it('cannot be written without one', () => {
    const { expect: _, ...withoutRow } = routes[0]!;
    // @ts-expect-error: a route without the statuses of its callers is none; this line fails the check of types when it becomes one.
    const incomplete: Route = withoutRow;
    assert.equal('expect' in incomplete, false);
  });

  it('has a request in the matrix for each route that names a thing', async () => {
    const unknown = { method: 'GET', url: '/api/v1/strangers/:id' } as Route;
    await assert.rejects(prepare(unknown, 'GET', {} as Cast), /does not say/);
  });
});
