import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { routes } from '#services/gateway/routes/index.ts';
import { Constellation } from '#tests/constellation/constellation.ts';
import { type Description, NO_DESCRIPTION, readDescription } from './description.ts';
import type { Recorded } from './recording-client.ts';
import { walk } from './walk.ts';

describe('what a whole Plaza answers is what the published description of the client API says', {
  skip: NO_DESCRIPTION,
}, () => {
  const started =
    NO_DESCRIPTION === false ? Constellation.forTests({ settings: { contactEmail: 'help@example.com' } }) : undefined;
  let description: Description;
  let records: readonly Recorded[];

  before(async () => {
    description = readDescription();
    records = await walk(await started!);
  });

  it('every operation that both have was asked and done', () => {
    const described = routes.map(({ method, url }) => description.operationOf(method, url.replace(/:\w+/g, '1')));
    const done = new Set(
      records
        .filter(({ answer }) => answer.status < 300)
        .map(({ method, path }) => description.operationOf(method, path)),
    );
    const missing = described.filter((operation) => operation !== undefined && !done.has(operation));
    const refused = records.filter(
      ({ method, path, answer }) => answer.status >= 400 && missing.includes(description.operationOf(method, path)),
    );
    assert.deepEqual(
      missing,
      [],
      refused.map(({ method, path, answer }) => `${method} ${path}: ${answer.status} ${answer.text}`).join('\n'),
    );
  });

  it('every answer has the described shape', () => {
    const wrong = records.flatMap(({ method, path, answer: { status, body } }) => {
      const what = description.wrongWith(method, path, status, body);
      return what === undefined ? [] : [`${method} ${path} (${status}): ${what}`];
    });
    assert.deepEqual([...new Set(wrong)], []);
  });
});
