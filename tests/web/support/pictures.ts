import type { Seat } from './seat.ts';

/** Draws pictures of one colour each, by its name, and uploads them as whoever sits there; answers their ids. They are described as `A green field`. */
export async function uploadFields(seat: Seat, colors: readonly string[]): Promise<string[]> {
  return (await seat.page.evaluate(`(${DRAW_AND_UPLOAD})(${JSON.stringify(colors)})`)) as string[];
}

const DRAW_AND_UPLOAD = `async (colors) => {
  const ids = [];
  for (const color of colors) {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
    const context = canvas.getContext('2d');
    context.fillStyle = color;
    context.fillRect(0, 0, 640, 480);
    const form = new FormData();
    form.set('file', await new Promise((done) => canvas.toBlob(done, 'image/png')), color + '.png');
    form.set('description', 'A ' + color + ' field');
    const answer = await fetch('/api/v2/media', { method: 'POST', body: form, headers: { 'x-plaza-client': 'web' } });
    ids.push((await answer.json()).id);
  }
  return ids;
}`;
