import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { it } from 'node:test';
import { Constellation } from '#tests/constellation/constellation.ts';

/** Which client calls what, and when: beside the project where it is there, never in it. */
const FILE = new URL('../../../../shared/client-api.csv', import.meta.url);
const skip = existsSync(FILE) ? false : `needs the list of what clients call at ${FILE.pathname}`;

it('everything that clients ask for while they log in is there; what streams is missing in a way that they know', {
  skip,
}, async () => {
  const plaza = await Constellation.start();
  try {
    const person = await plaza.person('judy');
    const rows = readFileSync(FILE, 'utf8').trim().split('\n').slice(1);
    const atLogin = rows.map((row) => row.split(',')).filter((columns) => columns[4] === 'yes');
    assert.ok(atLogin.length > 5);
    for (const [, method, endpoint = ''] of atLogin) {
      const path = endpoint.replace('{}', '2.0');
      const { status } = await person.api.send(
        method === 'WS' ? 'GET' : method!,
        path,
        method === 'POST' ? {} : undefined,
        {},
      );
      if (method === 'WS') assert.equal(status, 404, path);
      else assert.ok(status < 500 && status !== 404 && status !== 405, `${method} ${path}: ${status}`);
    }
  } finally {
    await plaza.remove();
  }
});
