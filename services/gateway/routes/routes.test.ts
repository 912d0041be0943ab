import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isPermission } from '#policies/permissions/permissions.ts';
import { SCOPES } from '#policies/permissions/scopes.ts';
import { DOCUMENT_FILE, documentText } from '../openapi/write.ts';
import { routes } from './index.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

test('every file that declares a route is in the index, one route a file', () => {
  const declared = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) => {
      const found = readFileSync(`${folder}${name}`, 'utf8').match(/= route\(\{/g)?.length ?? 0;
      assert.ok(found <= 1, name);
      return found === 1 ? [name] : [];
    });
  assert.equal(routes.length, declared.length);
  const index = readFileSync(`${folder}index.ts`, 'utf8');
  for (const name of declared) assert.ok(index.includes(`from './${name}'`), name);
});

test('no two routes answer the same', () => {
  const keys = routes.flatMap((route) =>
    [route.method, ...(route.alsoAs ?? [])].map((method) => `${method} ${route.url.replace(/:[a-z_]+/g, ':')}`),
  );
  assert.equal(new Set(keys).size, keys.length);
});

test('the committed document is that of the routes: node services/gateway/openapi/write.ts writes it', () => {
  assert.ok(readFileSync(DOCUMENT_FILE, 'utf8') === documentText());
});

describe('a route says who may use it, and expects what that means', () => {
  for (const route of routes) {
    test(`${route.method} ${route.url}`, () => {
      const scopes = route.scope === null ? [] : [route.scope].flat();
      for (const scope of scopes) assert.ok(SCOPES.includes(scope), scope);
      if (route.permission !== undefined) assert.ok(isPermission(route.permission));
      const { expect } = route;
      // Where an app says who it is itself, a person's token is not looked at.
      if (route.authorization !== 'app') assert.equal(expect.suspended, 401);
      if (route.access !== 'public') {
        assert.equal(expect.anonymous, 401);
        assert.equal(route.cache, 'private');
      }
      if (route.access === 'account') assert.equal(expect.appOnly, 422);
      if (scopes.length > 0) assert.equal(expect.wrongScope, 403);
      if (route.method !== 'GET' && route.access === 'account' && !READS_BY_POST.has(route.url)) {
        assert.ok(
          scopes.some((scope) => /^(write|follow)/.test(scope)),
          'a change needs a scope that may change',
        );
      }
      if (route.method !== 'GET') assert.equal(route.cache, 'private');
    });
  }
});

/** Mastodon asks for no more than `read` to suggest somebody no longer. */
const READS_BY_POST = new Set(['/api/v1/suggestions/:id']);
