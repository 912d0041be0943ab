import type { WideColumn } from '#ports/wide-column/port.ts';
import { routes } from '#services/gateway/routes/index.ts';
import { startCast } from '#tests/matrix/cast.ts';
import { runMatrix } from '#tests/matrix/run-matrix.ts';
import { readLongLists } from './long-lists.ts';
import { pageThrough } from './page-through.ts';
import { RecordedCql } from './recording.ts';

/** Asks every operation, and every list through every window, of a Plaza whose services run apart, and gives the CQL that its stores would have been told. */
export async function recordCql(): Promise<RecordedCql> {
  const recorded = new RecordedCql();
  let wide: WideColumn | undefined;
  const cast = await startCast({
    split: true,
    wrapPorts: (ports) => {
      wide = recorded.wrap(ports.wideColumn);
      return { ...ports, wideColumn: wide };
    },
  });
  try {
    await runMatrix(routes, cast);
    await cast.plaza.plaza.drain();
    await pageThrough(cast.owner.api);
    await readLongLists(wide!);
    await cast.plaza.plaza.drain();
  } finally {
    await cast.plaza.remove();
  }
  return recorded;
}
