import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CookieJar } from './cookies.ts';

test('on HTTPS cookies are bound to the host and never leave it in clear', () => {
  const jar = new CookieJar(undefined, 'https://plaza.example');
  jar.set('access', 'token', 300);
  const [line] = jar.headers();
  assert.equal(line, '__Host-plaza-access=token; Max-Age=300; Path=/; HttpOnly; Secure; SameSite=Lax');
});

test('a cookie without the prefix, which a neighbour could plant, is not ours', () => {
  const jar = new CookieJar('plaza-access=planted; plaza-80-access=planted', 'https://plaza.example');
  assert.equal(jar.get('access'), undefined);
});

test('two programs on one machine keep apart', () => {
  const jar = new CookieJar('plaza-3000-access=mine; plaza-3001-access=other', 'http://localhost:3000');
  assert.equal(jar.get('access'), 'mine');
});

test('what a request changes it sees, and deleting what is not there says nothing', () => {
  const jar = new CookieJar('plaza-3000-form=old', 'http://localhost:3000');
  jar.set('form', 'new "value"; x=y', 10);
  assert.equal(jar.get('form'), 'new "value"; x=y');
  assert.equal(jar.headers()[0]!.split(';').length, 5, 'a value breaks out of nothing');
  jar.delete('form');
  jar.delete('refresh');
  assert.deepEqual(
    jar.headers().map((line) => line.split(';').slice(0, 2).join(';')),
    ['plaza-3000-form=; Max-Age=0'],
  );
});
