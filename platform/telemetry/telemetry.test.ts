import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-base';
import { notFound, PlazaError } from '#platform/errors/errors.ts';
import { startInternalServer } from './http.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { addProcessMetrics } from './process-metrics.ts';
import { noTraces, startTraces } from './traces.ts';

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331';

test('secrets do not reach the log', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  log.info(
    { req: { headers: { authorization: 'Bearer hunter2', cookie: 'hunter2', host: 'plaza.example' } } },
    'request',
  );
  log.info(
    {
      headers: { 'set-cookie': 'hunter2' },
      password: 'hunter2',
      body: { password: 'hunter2', client: { secret: 'hunter2' } },
    },
    'sign-in',
  );
  assert.equal(lines.length, 2);
  assert.doesNotMatch(lines.join(), /hunter2/);
  assert.match(lines.join(), /plaza\.example/);
});

test('the code of an error reaches the log, another code does not', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  log.warn({ err: Object.assign(new Error('no space left'), { code: 'ENOSPC' }) }, 'a write failed');
  const codes = [
    'SD1cE7kIoxW9Djg8hT4dF0VQS9LK9KeDc2YqHN_iZLE',
    'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq',
    '123456',
  ];
  for (const code of [...codes, 'u759cv-dnmw25']) log.warn({ code, err: { code }, query: { code } }, 'refused');
  assert.equal(JSON.parse(lines[0]!).err.code, 'ENOSPC');
  for (const line of lines.slice(1)) assert.equal(line.match(/"code":"\[secret\]"/g)?.length, 3, line);
});

test('metrics, health and readiness are told on the internal port', async (t) => {
  const metrics = createMetrics();
  addProcessMetrics(metrics);
  metrics.counter('plaza_test_total', 'Test.').inc(3);
  let broken = false;
  const server = await startInternalServer({
    port: 0,
    metrics,
    log: createLog('silent'),
    checks: {
      core: async () => {},
      derived: async () => {
        if (broken) throw new Error('password=hunter2');
      },
    },
  });
  t.after(() => server.stop());
  const get = async (path: string, method = 'GET') => {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { method });
    return [answer.status, await answer.text()] as const;
  };
  assert.deepEqual(await get('/healthz'), [200, 'ok\n']);
  assert.deepEqual(await get('/readyz'), [200, 'core: ok\nderived: ok\n']);
  broken = true;
  assert.deepEqual(await get('/readyz'), [503, 'core: ok\nderived: not ready\n']);
  assert.deepEqual(await get('/healthz'), [200, 'ok\n']);
  const [status, text] = await get('/metrics');
  assert.equal(status, 200);
  for (const line of [
    /^plaza_test_total 3$/m,
    /^process_cpu_seconds_total [0-9.]+$/m,
    /^process_resident_memory_bytes [0-9]+$/m,
    /^plaza_event_loop_utilization /m,
  ]) {
    assert.match(text, line);
  }
  assert.equal((await get('/metrics', 'POST'))[0], 405);
  assert.equal((await get('/'))[0], 404);
});

test('an internal port in use is an error, not a crash', async (t) => {
  const options = { metrics: createMetrics(), log: createLog('silent'), checks: {} };
  const server = await startInternalServer({ ...options, port: 0 });
  t.after(() => server.stop());
  await assert.rejects(startInternalServer({ ...options, port: server.port }), { code: 'EADDRINUSE' });
});

test('without an exporter traces are off, and only the given trace context passes through', async () => {
  const traces = await startTraces({ url: undefined, sample: 1, version: '1' });
  assert.equal(traces, noTraces);
  assert.equal(
    await traces.span({ name: 'x', kind: 'internal', parent: `${PARENT}-01` }, async (own) => own),
    `${PARENT}-01`,
  );
});

test('spans continue the trace that they are given and hand on their own', async () => {
  const exporter = new InMemorySpanExporter();
  const traces = await startTraces({ url: undefined, sample: 0, version: '1', exporter });
  const own = await traces.span({ name: 'outer', kind: 'server', parent: `${PARENT}-01` }, (outer) =>
    traces.span({ name: 'inner', kind: 'internal', parent: outer }, async (inner) => [outer, inner]),
  );
  await traces.span({ name: 'not sampled', kind: 'server', parent: `${PARENT}-00` }, async () => {});
  await traces.span({ name: 'no root at ratio 0', kind: 'server' }, async () => {});
  await traces.span({ name: 'broken parent', kind: 'server', parent: 'nonsense' }, async () => {});
  await flushed(traces, exporter, (spans) => {
    assert.deepEqual(
      spans.map((span) => span.name),
      ['inner', 'outer'],
    );
    const [inner, outer] = spans;
    assert.equal(outer?.spanContext().traceId, PARENT.slice(3, 35));
    assert.equal(outer?.parentSpanContext?.spanId, PARENT.slice(36));
    assert.equal(inner?.parentSpanContext?.spanId, outer?.spanContext().spanId);
    assert.deepEqual(
      own,
      [outer, inner].map((span) => `00-${span?.spanContext().traceId}-${span?.spanContext().spanId}-01`),
    );
  });
});

test('a fault of ours marks its span, a refusal is noted, and no message is kept', async () => {
  const exporter = new InMemorySpanExporter();
  const traces = await startTraces({ url: undefined, sample: 1, version: '1', exporter });
  for (const error of [notFound(), new PlazaError('unavailable', 'hunter2'), new Error('hunter2')]) {
    await assert.rejects(
      traces.span({ name: 'x', kind: 'internal' }, () => Promise.reject(error)),
      error,
    );
  }
  await flushed(traces, exporter, (spans) => {
    assert.deepEqual(
      spans.map((span) => [span.attributes['error.type'], span.status.code]),
      [
        ['not_found', 0],
        ['unavailable', 2],
        ['internal', 2],
      ],
    );
    assert.ok(spans.every((span) => span.events.length === 0 && span.status.message === undefined));
  });
});

/** The exporter forgets at shutdown, so what it got is looked at on the way. */
async function flushed(
  traces: { stop(): Promise<void> },
  exporter: InMemorySpanExporter,
  look: (spans: ReturnType<InMemorySpanExporter['getFinishedSpans']>) => void,
): Promise<void> {
  const seen: ReturnType<InMemorySpanExporter['getFinishedSpans']> = [];
  const forget = exporter.shutdown.bind(exporter);
  exporter.shutdown = () => {
    seen.push(...exporter.getFinishedSpans());
    return forget();
  };
  await traces.stop();
  look(seen);
}
