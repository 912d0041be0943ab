import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ApiClient } from '#tests/constellation/api-client.ts';
import { Constellation, onEachTransport, type Person } from '#tests/constellation/constellation.ts';

/** Text that becomes markup where somebody forgets to escape it. */
const SCRIPTS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'-alert(1)-'",
  '<a href="javascript:alert(1)">x</a>',
  'javascript:alert(1)',
  '<svg/onload=alert(1)>',
  '</p></div><iframe srcdoc="<script>alert(1)</script>">',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  'https://example.com/"onmouseover="alert(1)',
  'https://example.com/<script>alert(1)</script>',
  "https://example.com/?a='><b>",
  '<!--<img src=x>-->',
  ']]><script>alert(1)</script>',
  '\u202e<scr\u0000ipt>'.replace('\u0000', ''),
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
];

/** Fields that hold HTML; all others hold text, which clients put where text belongs. */
const HTML_FIELDS = new Set(['content', 'note', 'value']);

const TAG = /<(\/?)([a-z0-9]+)((?:\s[^<>]*)?)>/gi;
const ALLOWED = new Set(['p', 'br', 'a', 'span']);
const ATTRIBUTE = /\s([a-z-]+)="([^"<>]*)"|\s\/$|\s?\//gy;
const ALLOWED_ATTRIBUTES = new Set(['href', 'class', 'rel', 'target', 'translate']);

/** Nothing in it but the few tags of ours, with the few attributes of ours, whose addresses lead to the web. */
function assertHarmless(html: string, where: string): void {
  const rest = html.replace(TAG, (tag, _closing, name: string, attributes: string) => {
    assert.ok(ALLOWED.has(name.toLowerCase()), `${where} holds ${tag}`);
    ATTRIBUTE.lastIndex = 0;
    for (let at = 0; at < attributes.length; at = ATTRIBUTE.lastIndex) {
      ATTRIBUTE.lastIndex = at;
      const match = ATTRIBUTE.exec(attributes);
      assert.ok(match, `${where} holds ${tag}`);
      if (match[1] === undefined) continue;
      assert.ok(ALLOWED_ATTRIBUTES.has(match[1]), `${where} holds ${tag}`);
      if (match[1] === 'href') assert.match(match[2]!, /^https?:\/\//, `${where} holds ${tag}`);
    }
    return '';
  });
  assert.doesNotMatch(rest, /[<>]/, `${where} holds more than tags of ours: ${html}`);
}

function assertHarmlessAnswer(value: unknown, where: string): void {
  if (Array.isArray(value)) for (const [at, one] of value.entries()) assertHarmlessAnswer(one, `${where}[${at}]`);
  if (value === null || typeof value !== 'object') return;
  for (const [name, held] of Object.entries(value)) {
    const place = `${where}.${name}`;
    // What one keeps about somebody for oneself is text.
    if (name === 'note' && 'followed_by' in value) continue;
    // What was typed, for whoever edits it.
    if (name === 'source' || name === 'text') continue;
    if (HTML_FIELDS.has(name) && typeof held === 'string') assertHarmless(held, place);
    else if (/(^|_)(url|uri|href)$/.test(name) && typeof held === 'string') assert.match(held, /^https?:\/\//, place);
    else assertHarmlessAnswer(held, place);
  }
}

async function reads(api: ApiClient, path: string): Promise<void> {
  const answer = await api.get(path);
  assert.equal(answer.status, 200, `${path}: ${answer.text}`);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/, path);
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', path);
  assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/, path);
  assertHarmlessAnswer(answer.body, path);
}

onEachTransport('script in every field', (calls) => {
  const started = Constellation.forTests({ settings: { calls } });

  it('comes back as text', async () => {
    const plaza = await started;
    const writer = await plaza.person('mallory');
    const reader = await plaza.person('rita');
    await reader.api.post(`/api/v1/accounts/${writer.id}/follow`);
    const ids = [];
    for (const script of SCRIPTS) {
      await introduce(writer, script);
      ids.push(await writeEverywhere(writer, reader, script));
      await reads(reader.api, `/api/v1/accounts/${writer.id}`);
      await reads(writer.api, '/api/v1/accounts/verify_credentials');
    }
    await plaza.plaza.drain();
    for (const id of ids) {
      for (const part of ['', '/context', '/history']) await reads(reader.api, `/api/v1/statuses/${id}${part}`);
    }
    const pages = [
      '/api/v1/timelines/home?limit=40',
      '/api/v1/timelines/public?limit=40',
      '/api/v1/timelines/tag/bold',
      `/api/v1/accounts/${writer.id}/statuses?limit=40`,
      '/api/v2/search?q=mallory',
      '/api/v2/suggestions',
      `/api/v1/accounts/relationships?id[]=${writer.id}`,
    ];
    for (const path of pages) await reads(reader.api, path);
    for (const path of ['/api/v1/lists', '/api/v2/filters', '/api/v1/scheduled_statuses'])
      await reads(writer.api, path);
  });

  it('stays text on the pages that browsers show', async () => {
    const plaza = await started;
    for (const script of SCRIPTS.filter((text) => /[<>"]/.test(text))) {
      const name = script.slice(0, 60);
      const app = await plaza.api.post('/api/v1/apps', {
        client_name: name,
        redirect_uris: 'urn:ietf:wg:oauth:2.0:oob',
        website: 'https://example.com/"><script>alert(1)</script>',
      });
      const queries = [
        new URLSearchParams({
          response_type: 'code',
          client_id: app.body?.client_id ?? script,
          redirect_uri: 'urn:ietf:wg:oauth:2.0:oob',
          scope: 'read',
          state: script,
        }),
        new URLSearchParams({ response_type: script, client_id: script, redirect_uri: script, scope: script }),
      ];
      for (const path of [
        ...queries.map((query) => `/oauth/authorize?${query}`),
        `/sign-in?next=${encodeURIComponent(script)}`,
        `/nowhere/${encodeURIComponent(script)}`,
      ]) {
        const answer = await plaza.api.get(path, { accept: 'text/html' });
        assert.ok(answer.status < 500, `${path}: ${answer.text}`);
        assert.ok(
          !answer.text.includes('<script>alert') &&
            !answer.text.includes('<img src=x') &&
            !answer.text.includes('<iframe') &&
            !answer.text.includes('<svg/onload'),
          `${path}: ${answer.text}`,
        );
        assert.doesNotMatch(answer.headers.get('location') ?? '', /^javascript:|\n/i, path);
      }
    }
  });

  it('cannot stand in an address that an app names', async () => {
    const plaza = await started;
    for (const uri of [
      'javascript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'file:///etc/passwd',
      'http://',
      'not an address',
      '//example.com',
      'https://a.example/#fragment',
    ]) {
      const answer = await plaza.api.post('/api/v1/apps', { client_name: 'Bad', redirect_uris: [uri] });
      assert.equal(answer.status, 422, `${uri}: ${answer.text}`);
    }
    const website = await plaza.api.post('/api/v1/apps', {
      client_name: 'Bad',
      redirect_uris: 'https://a.example/',
      website: 'javascript:alert(1)',
    });
    assert.equal(website.status, 422, website.text);
  });
});

/** The profile, as far as the text fits. */
async function introduce({ api }: Person, script: string): Promise<void> {
  const answer = await api.patch('/api/v1/accounts/update_credentials', {
    display_name: script.slice(0, 30),
    note: `${script} #bold`,
    fields_attributes: [{ name: script, value: script }],
  });
  assert.equal(answer.status, 200, answer.text);
}

/** Every other place that takes words. Answers the id of the post. */
async function writeEverywhere({ api }: Person, reader: Person, script: string): Promise<string> {
  const poll = { options: [script.slice(0, 45), 'other'], expires_in: 3_600 };
  const post = await api.post('/api/v1/statuses', { status: `${script} @${script} #bold`, spoiler_text: script, poll });
  assert.equal(post.status, 200, post.text);
  assertHarmlessAnswer(post.body, 'the post');
  const edited = await api.put(`/api/v1/statuses/${post.body.id}`, {
    status: `Again: ${script} #bold`,
    spoiler_text: script,
  });
  assert.equal(edited.status, 200, edited.text);
  for (const [path, body] of [
    ['/api/v1/lists', { title: script }],
    ['/api/v2/filters', { title: script, context: ['home'], keywords_attributes: [{ keyword: script }] }],
    [`/api/v1/accounts/${reader.id}/note`, { comment: script }],
    ['/api/v1/statuses', { status: `Answer ${script}`, in_reply_to_id: post.body.id, language: script.slice(0, 12) }],
  ] as const) {
    const answer = await api.post(path, body);
    assert.equal(answer.status, 200, `${path}: ${answer.text}`);
    assertHarmlessAnswer(answer.body, path);
  }
  return post.body.id;
}
