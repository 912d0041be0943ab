import assert from 'node:assert/strict';
import { test } from 'node:test';
import { field } from './fields.ts';
import { attributes, html } from './html.ts';

const HOSTILE = `<b>"quoted" 'text' & \`more\`</b>`;
const SAFE = '&lt;b&gt;&quot;quoted&quot; &#39;text&#39; &amp; &#96;more&#96;&lt;/b&gt;';

test('text is escaped, markup is not, and nothing is nothing', () => {
  assert.equal(html`<p>${HOSTILE}</p>`.text, `<p>${SAFE}</p>`);
  assert.equal(html`<p>${html`<i>${HOSTILE}</i>`}</p>`.text, `<p><i>${SAFE}</i></p>`);
  assert.equal(html`${null}${undefined}${false}${0}${''}`.text, '0');
  assert.equal(html`${['<', html`<hr>`, [1, '&']]}`.text, '&lt;<hr>1&amp;');
});

test('what only looks like markup is text', () => {
  const forged = { text: '<script>', toString: () => '<script>' } as unknown as string;
  assert.equal(html`${forged}`.text, '&lt;script&gt;');
});

test('attributes are quoted and escaped, or left out', () => {
  const made = attributes({ a: HOSTILE, b: true, c: false, d: undefined, e: 0 });
  assert.equal(made.text, ` a="${SAFE}" b e="0"`);
});

test('a password never comes back', () => {
  const made = field({ name: 'password', label: 'Password', type: 'password', value: 'secret' });
  assert.doesNotMatch(made.text, /secret/);
});

test('only the first field that was refused takes the focus', () => {
  const errors = { b: ['Wrong.'], c: ['Wrong too.'] };
  const fields = ['a', 'b', 'c'].map((name) => field({ name, label: name, autofocus: true, errors }).text);
  assert.deepEqual(
    fields.map((text) => text.includes(' autofocus')),
    [false, true, false],
  );
});
