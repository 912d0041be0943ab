import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { builtClient } from '#services/gateway/client/testing/built-client.ts';
import { Constellation } from '#tests/constellation/constellation.ts';
import { accessibilityFaults, browserForTests, Visit } from './browser.ts';
import { HOSTILE_TEXTS } from './hostile-text.ts';

const LOOKS = [
  { name: 'light on a phone', colorScheme: 'light', viewport: { width: 360, height: 740 } },
  { name: 'dark on a desk', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
] as const;
const OVERFLOW = '(() => { scrollTo(9999, 0); return scrollX; })()';

/** A person who fills every part of a page; the paths of their pages. */
async function fill(plaza: Constellation): Promise<string[]> {
  const person = await plaza.person('opal');
  const told = await person.api.patch('/api/v1/accounts/update_credentials', {
    display_name: '<script>alert(1)</script>',
    note: `${HOSTILE_TEXTS[1]} https://plaza.example/an/address/that/goes/on/and/on #plaza`,
    fields_attributes: [{ name: 'Site', value: 'https://opal.example' }],
    discoverable: true,
  });
  assert.equal(told.status, 200, told.text);
  const write = async (status: object) => {
    const answer = await person.api.post('/api/v1/statuses', status);
    assert.equal(answer.status, 200, answer.text);
    return answer.body as { id: string; url: string };
  };
  const post = await write({ status: `${HOSTILE_TEXTS.slice(0, 8).join('\n')} @opal #plaza`, language: 'ar' });
  await write({ status: 'the rest', spoiler_text: HOSTILE_TEXTS[4], in_reply_to_id: post.id });
  await write({ status: 'Which?', poll: { options: ['<b>one</b>', 'two'], expires_in: 3_600 } });
  await plaza.plaza.drain();
  return ['/', '/public', '/tags/plaza', '/@opal', new URL(post.url).pathname];
}

for (const withClient of [false, true]) {
  describe(`pages that need no account, ${withClient ? 'with' : 'without'} the client`, () => {
    const startingPlaza = Constellation.forTests(withClient ? { clientFolder: builtClient() } : {});
    const startingBrowser = browserForTests();
    let plaza: Constellation;
    let browser: Browser;
    let paths: string[];
    before(async () => {
      plaza = await startingPlaza;
      browser = await startingBrowser;
      paths = await fill(plaza);
    });

    for (const { name, ...look } of LOOKS) {
      test(`everybody can use them: ${name}`, async () => {
        const visit = await Visit.begin(browser, plaza.plaza.origin, look);
        const faults: string[] = [];
        for (const path of paths) {
          await visit.page.goto(path);
          for (const fault of await accessibilityFaults(visit.page)) faults.push(`${path}: ${fault}`);
          if ((await visit.page.evaluate(OVERFLOW)) !== 0) faults.push(`${path}: wider than the screen`);
        }
        assert.deepEqual(faults, []);
        await visit.end();
      });
    }

    test('they lead from one to the other with no script at all', async () => {
      const visit = await Visit.begin(browser, plaza.plaza.origin, { javaScriptEnabled: false });
      await visit.page.goto('/');
      await visit.page.locator('article .author').first().click();
      assert.equal(new URL(visit.page.url()).pathname, '/@opal');
      await visit.page.getByText('alert(1)').first().waitFor();
      await visit.page.locator('article .time').last().click();
      assert.match(new URL(visit.page.url()).pathname, /^\/@opal\/\d+$/);
      await visit.end();
    });
  });
}

describe('the browser client', () => {
  const startingPlaza = Constellation.forTests({ clientFolder: builtClient(), settings: { title: 'A <b>place</b>' } });
  const startingBrowser = browserForTests();

  test('starts with what the page tells it, and can make no markup of text', async () => {
    const plaza = await startingPlaza;
    const visit = await Visit.begin(await startingBrowser, plaza.plaza.origin);
    await visit.page.goto('/');
    assert.equal(await visit.page.getAttribute('html', 'data-started'), 'A <b>place</b>');
    const refused = await visit.page.evaluate(
      `(() => { try { document.body.innerHTML = '<b>text</b>'; return 'taken'; } catch (error) { return error.name; } })()`,
    );
    assert.equal(refused, 'TypeError');
    const others = await visit.page.evaluate(
      `(() => { try { trustedTypes.createPolicy('other', {}); return 'taken'; } catch (error) { return error.name; } })()`,
    );
    assert.equal(others, 'TypeError');
    await visit.context.close();
    assert.equal(visit.offences.filter((offence) => !/Trusted|trusted/.test(offence)).length, 0);
  });

  test('a feed is XML to a browser', async () => {
    const plaza = await startingPlaza;
    await fill(plaza);
    const { text } = await plaza.api.get('/@opal.rss');
    const visit = await Visit.begin(await startingBrowser, plaza.plaza.origin);
    const read = await visit.page.evaluate(
      `(() => {
        const feed = new DOMParser().parseFromString(${JSON.stringify(text)}, 'text/xml');
        const of = (selector) => [...feed.querySelectorAll(selector)].map((element) => element.textContent);
        return { faults: of('parsererror'), root: feed.documentElement.tagName, title: of('channel > title'), items: of('item > guid').length, elements: of('description *') };
      })()`,
    );
    assert.deepEqual(read, {
      faults: [],
      root: 'rss',
      title: [`<script>alert(1)</script> (@opal@${new URL(plaza.plaza.origin).host})`],
      items: 3,
      elements: [],
    });
    await visit.end();
  });
});
