import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { foreignTexts } from './support/foreign-texts.ts';
import { roomForTests } from './support/room.ts';
import type { Seat } from './support/seat.ts';
import { VIEWS } from './support/views.ts';

/** Whatever the first view of all flows is: the narrowest, where long words are the hardest to fit in. */
const PHONE = { ...VIEWS[0].options, locale: 'de-DE' };

const SCREENS: readonly (readonly [path: string, heading: string])[] = [
  ['/', 'Start'],
  ['/public', 'Lokal'],
  ['/search', 'Suche'],
  ['/more', 'Mehr'],
  ['/lists', 'Listen'],
  ['/favourites', 'Likes'],
  ['/bookmarks', 'Lesezeichen'],
  ['/filters', 'Filter'],
  ['/drafts', 'Entwürfe'],
  ['/scheduled', 'Geplante Beiträge'],
  ['/follow-requests', 'Anfragen'],
  ['/blocks', 'Blockiert'],
  ['/mutes', 'Stummgeschaltet'],
  ['/settings', 'Einstellungen'],
  ['/settings/profile', 'Profil'],
  ['/settings/privacy', 'Privatsphäre'],
  ['/settings/appearance', 'Darstellung'],
  ['/settings/account', 'Konto'],
  ['/settings/account/email', 'E-Mail-Adresse'],
  ['/settings/account/handle', 'Handle'],
  ['/settings/account/second-factor', 'Zweiter Faktor'],
  ['/settings/account/leave', 'Abschied'],
  ['/settings/sessions', 'Browser und Apps'],
];

describe('the browser client in German', () => {
  const room = roomForTests();

  test('whoever comes new reads German', async () => {
    const seat = await room.visit(PHONE);
    await seat.open('/', /^Mach mit bei /);
    await seat.page.getByRole('article').first().waitFor();
    await checkGerman(seat, 'landing');
    await seat.leave();
  });

  test('every main screen is German, fits on a phone, and cuts no heading off', async () => {
    const seat = await room.take(PHONE);
    for (const [path, heading] of SCREENS) {
      await seat.open(path, heading);
      await checkGerman(seat, path);
      const cutOff = await seat.page.locator('h1').evaluate((title) => title.scrollWidth > title.clientWidth);
      assert.equal(cutOff, false, `the heading of ${path}`);
    }
    await seat.open(`/@${room.plaza.person.username}`, /./);
    await seat.page.getByRole('link', { name: 'Beiträge', exact: true }).waitFor();
    await checkGerman(seat, 'profile');
    await seat.leave();
  });

  test('the buttons of a post that is being written stay whole words', async () => {
    const seat = await room.take(PHONE);
    await seat.page.goto('/compose');
    await seat.page.getByRole('textbox', { name: 'Was du sagen möchtest' }).fill('Guten Morgen');
    await seat.press('Später veröffentlichen');
    for (const name of ['Verwerfen', 'Als Entwurf', 'Planen']) {
      const button = seat.page.getByRole('button', { name, exact: true });
      const lines = await button.evaluate((element) => {
        const range = element.ownerDocument.createRange();
        range.selectNodeContents(element);
        return new Set([...range.getClientRects()].map(({ top }) => top)).size;
      });
      assert.equal(lines, 1, name);
    }
    await checkGerman(seat, 'composer');
    await seat.press('Verwerfen');
    await seat.leave();
  });

  test('what the server refuses is said in German at its field', async () => {
    const seat = await room.take(PHONE);
    const { page } = seat;
    await seat.open('/settings/account/password', 'Passwort');
    await page.getByLabel('Bisheriges Passwort').fill('not the password');
    await page.getByLabel('Neues Passwort').fill('several unrelated words here');
    await seat.press('Passwort ändern');
    await page.getByText('Das Passwort ist falsch.').waitFor();
    await page.getByLabel('Bisheriges Passwort').fill(room.plaza.person.password);
    await page.getByLabel('Neues Passwort').fill('aaaaaaaaaaaa');
    await seat.press('Passwort ändern');
    await page.getByText('Zu leicht zu erraten', { exact: false }).waitFor();
    await checkGerman(seat, 'refused password');
    await seat.open('/settings/account/handle', 'Handle');
    await page.getByLabel('Neues Handle').fill('not a handle');
    await page.getByLabel('Passwort').fill(room.plaza.person.password);
    await seat.press('Handle ändern');
    await page.getByText('Nur Buchstaben, Ziffern und Unterstriche, höchstens 30.').waitFor();
    const said = seat.visit.offences.splice(0);
    assert.deepEqual(
      said.filter((line) => !/status of 4(03|22)/.test(line)),
      [],
    );
    await seat.leave();
  });
});

async function checkGerman(seat: Seat, where: string): Promise<void> {
  await seat.check(where);
  assert.equal(await seat.page.locator('html').getAttribute('lang'), 'de', where);
  assert.deepEqual(await foreignTexts(seat.page), [], where);
}
