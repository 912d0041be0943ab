import assert from 'node:assert/strict';
import type { ApiAnswer } from '#tests/constellation/api-client.ts';
import type { Constellation, Person } from '#tests/constellation/constellation.ts';

/** Traces of the inside that no answer may hold. */
const INSIDE =
  /node_modules|file:\/\/|\.ts:\d+|\bat \w+ \(|SQLITE|UNIQUE constraint|\/tmp\/|\/home\/|\bTypeError\b|\bRangeError\b|core\.sqlite/;

/** A refusal with one of these statuses: JSON in words, kept by nobody, that tells nothing of the inside. */
export function assertRefusal(answer: ApiAnswer, statuses: number | readonly number[], what: string): void {
  const allowed = typeof statuses === 'number' ? [statuses] : statuses;
  const told = `${what}: ${answer.status} ${answer.text.slice(0, 400)}`;
  assert.ok(allowed.includes(answer.status), `${told} (expected ${allowed.join(' or ')})`);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/, told);
  assert.equal(typeof answer.body?.error, 'string', told);
  assert.ok(answer.body.error.length > 0 && answer.body.error.length < 500, told);
  for (const name of Object.keys(answer.body)) {
    assert.ok(['error', 'error_description', 'details'].includes(name), `${told} (holds ${name})`);
  }
  assert.equal(answer.headers.get('cache-control'), 'private, no-store', told);
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', told);
  assertNothingInside(answer, what);
}

export function assertNothingInside(answer: ApiAnswer, what: string): void {
  assert.doesNotMatch(answer.text, INSIDE, what);
  assert.ok(answer.status < 500, `${what}: ${answer.status} ${answer.text.slice(0, 400)}`);
}

/** What a person owns, as far as the API shows it: hostile requests leave it as it was. */
export async function belongingsOf(person: Person): Promise<Record<string, unknown>> {
  const paths = [
    '/api/v1/accounts/verify_credentials',
    `/api/v1/accounts/${person.id}/statuses?limit=40`,
    '/api/v1/timelines/home?limit=40',
    '/api/v1/lists',
    '/api/v2/filters',
    '/api/v1/markers?timeline[]=home&timeline[]=notifications',
    '/api/v1/preferences',
    '/api/v1/scheduled_statuses',
    '/api/v1/followed_tags',
    '/api/v1/featured_tags',
    '/api/v1/bookmarks',
    '/api/v1/favourites',
    '/api/v1/blocks',
    '/api/v1/mutes',
    `/api/v1/accounts/${person.id}/following`,
  ];
  const all: Record<string, unknown> = {};
  for (const path of paths) {
    const answer = await person.api.get(path);
    assert.equal(answer.status, 200, `${path}: ${answer.text}`);
    all[path] = answer.body;
  }
  return all;
}

/** Somebody with a few things of their own. */
export async function somebodyWithThings(plaza: Constellation, username: string): Promise<Person> {
  const person = await plaza.person(username);
  for (const [path, body] of [
    ['/api/v1/statuses', { status: 'Mine #own' }],
    ['/api/v1/lists', { title: 'Mine' }],
    ['/api/v2/filters', { title: 'Mine', context: ['home'], keywords_attributes: [{ keyword: 'mud' }] }],
    ['/api/v1/tags/own/follow', {}],
    ['/api/v1/markers', { home: { last_read_id: '1' } }],
  ] as const) {
    const answer = await person.api.post(path, body);
    assert.equal(answer.status, 200, `${path}: ${answer.text}`);
  }
  await plaza.plaza.drain();
  return person;
}
