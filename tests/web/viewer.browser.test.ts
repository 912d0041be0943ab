import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CDPSession } from 'playwright-core';
import { post } from './support/asking.ts';
import { uploadFields } from './support/pictures.ts';
import { roomForTests } from './support/room.ts';
import { VIEWS } from './support/views.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

describe('pictures under fingers', () => {
  const room = roomForTests();

  test('are drawn aside to the next and back, pinched, pressed twice, and drawn down to be closed', async () => {
    const seat = await room.take(VIEWS[0].options);
    const { page } = seat;
    const media_ids = await uploadFields(seat, ['green', 'blue']);
    const id = await post(seat, 'Two fields', { media_ids });
    await seat.open(`/@${room.plaza.person.username}/${id}`, /^Post by /);
    await page.locator(`[data-post="${id}"] a[aria-haspopup=dialog]`).first().click();
    const dialog = page.getByRole('dialog');
    const shows = (alt: string) => dialog.getByRole('img', { name: alt, exact: true }).waitFor();
    await shows('A green field');
    await dialog.getByText('A green field', { exact: true }).waitFor();
    await seat.check('the first of two');

    const fingers = await page.context().newCDPSession(page);
    const middle = { x: 195, y: 400 };
    await stroke(fingers, middle, { x: 60, y: 405 });
    await shows('A blue field');
    await stroke(fingers, middle, { x: 60, y: 405 });
    await seat.still();
    assert.equal(await dialog.getByRole('img').getAttribute('alt'), 'A blue field', 'the last one stays');
    await stroke(fingers, middle, { x: 330, y: 395 });
    await shows('A green field');

    await pinch(fingers, middle, 40, 120);
    await seat.until(SCALE_IS, '>', 2);
    await pinch(fingers, middle, 120, 20);
    await seat.until(SCALE_IS, '=', 1);
    await page.mouse.dblclick(middle.x, middle.y);
    await seat.until(SCALE_IS, '>', 2);
    await page.mouse.dblclick(middle.x, middle.y);
    await seat.until(SCALE_IS, '=', 1);

    await stroke(fingers, middle, { x: 200, y: 620 });
    await dialog.waitFor({ state: 'detached' });
    await seat.leave();
  });
});

const touch = (fingers: CDPSession, type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: readonly Point[]) =>
  fingers.send('Input.dispatchTouchEvent', {
    type,
    touchPoints: touchPoints.map(({ x, y }, id) => ({ x, y, id })),
  });

/** One finger, in four steps. */
async function stroke(fingers: CDPSession, from: Point, to: Point): Promise<void> {
  await touch(fingers, 'touchStart', [from]);
  for (let step = 1; step <= 4; step++) {
    const at = { x: from.x + ((to.x - from.x) * step) / 4, y: from.y + ((to.y - from.y) * step) / 4 };
    await touch(fingers, 'touchMove', [at]);
  }
  await touch(fingers, 'touchEnd', []);
}

/** Two fingers side by side, so far from the middle at the beginning and at the end. */
async function pinch(fingers: CDPSession, { x, y }: Point, from: number, to: number): Promise<void> {
  const apart = (by: number) => [
    { x: x - by, y },
    { x: x + by, y },
  ];
  await touch(fingers, 'touchStart', apart(from));
  for (let step = 1; step <= 4; step++) await touch(fingers, 'touchMove', apart(from + ((to - from) * step) / 4));
  await touch(fingers, 'touchEnd', []);
}

const SCALE_IS = `(how, scale) => {
  const is = new DOMMatrix(getComputedStyle(document.querySelector('[role=dialog] img')).transform).a;
  return how === '>' ? is > scale : is === scale;
}`;
