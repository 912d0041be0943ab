import { routes } from '#services/gateway/routes/index.ts';
import { startCast } from '#tests/matrix/cast.ts';
import { runMatrix } from '#tests/matrix/run-matrix.ts';
import { RecordedCql } from './recording.ts';

/** Asks every operation of a Plaza whose services run apart, and gives the CQL that its stores would have been told. */
export async function recordCql(): Promise<RecordedCql> {
  const recorded = new RecordedCql();
  const cast = await startCast({
    split: true,
    wrapPorts: (ports) => ({ ...ports, wideColumn: recorded.wrap(ports.wideColumn) }),
  });
  try {
    await runMatrix(routes, cast);
    await cast.plaza.plaza.drain();
  } finally {
    await cast.plaza.remove();
  }
  return recorded;
}
