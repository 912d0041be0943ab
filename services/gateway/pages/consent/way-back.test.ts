import assert from 'node:assert/strict';
import { test } from 'node:test';
import { destination, formTarget, OUT_OF_BAND, wayBack } from './way-back.ts';

test('an address keeps what it has, letter by letter', () => {
  const told = { code: 'c', state: 'a b&c' };
  assert.equal(wayBack('https://app.example', told), 'https://app.example?code=c&state=a+b%26c');
  assert.equal(wayBack('https://app.example/x?y=1', told), 'https://app.example/x?y=1&code=c&state=a+b%26c');
  assert.equal(wayBack('com.app:cb', { code: 'c', state: '' }), 'com.app:cb?code=c');
  assert.equal(wayBack('my-app://ü/é', { code: 'c' }), 'my-app://%C3%BC/%C3%A9?code=c');
  assert.match(wayBack('my-app://\ud800', { state: '\r\nx: y' }), /^[\x21-\x7e]+$/);
});

test('a form may lead to one origin, or to one scheme, and what is named never breaks out of the policy', () => {
  const expected: Record<string, string | undefined> = {
    'https://app.example/a': 'https://app.example',
    'https://APP.example:443/a': 'https://app.example',
    'http://127.0.0.1:8080/': 'http://127.0.0.1:8080',
    'http://[::1]:8080/': 'http:',
    "https://a;script-src*'.example/": 'https:',
    'com.app+x-y.z:/cb': 'com.app+x-y.z:',
    [OUT_OF_BAND]: undefined,
    nonsense: undefined,
  };
  for (const [uri, target] of Object.entries(expected)) assert.equal(formTarget(uri), target, uri);
});

test('a person is told where they go', () => {
  assert.equal(destination('https://app.example:8443/a?b'), 'app.example:8443');
  assert.equal(destination('com.app://x'), 'an app on this device (com.app:)');
  assert.equal(destination(OUT_OF_BAND), undefined);
});
