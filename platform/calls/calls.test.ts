import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-base';
import Type from 'typebox';
import { TestClock } from '#platform/clock/test-clock.ts';
import { notFound, PlazaError } from '#platform/errors/errors.ts';
import { seededRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createMetrics } from '#platform/telemetry/metrics.ts';
import { startTraces } from '#platform/telemetry/traces.ts';
import { type CallContext, childContext, serviceContext } from './context.ts';
import { defineService, idempotentWrite, read, type ServiceApi, write } from './contract.ts';
import { createDirectory, type DirectoryOptions, type ProcessDirectory } from './directory.ts';

const echoContract = defineService('echo', {
  say: read(
    Type.Object({
      text: Type.String({ maxLength: 10 }),
      tags: Type.Optional(Type.Array(Type.Object({ name: Type.String() }))),
    }),
    Type.Object({ text: Type.String() }),
  ),
  context: read(Type.Object({}), Type.Unknown()),
  fail: read(Type.Object({ how: Type.String() }), Type.Undefined()),
  nothing: idempotentWrite(Type.Object({}), Type.Undefined()),
  hang: write(Type.Object({}), Type.Undefined(), 1_000),
  lie: read(Type.Object({}), Type.Object({ count: Type.Integer() })),
});

const echo: ServiceApi<typeof echoContract> = {
  say: async ({ text }) => ({ text: `${text}!` }),
  context: async (_input, context) => context,
  async fail({ how }) {
    if (how === 'plaza') throw notFound();
    if (how === 'details') {
      throw new PlazaError('validation_failed', 'Nö', {
        description: 'name is empty',
        details: { name: [{ error: 'ERR_BLANK', description: 'empty' }] },
      });
    }
    throw new Error('password=hunter2');
  },
  nothing: async () => undefined,
  hang: () => new Promise(() => {}),
  lie: async () => ({ count: 'three' }) as unknown as { count: number },
};

const open: ProcessDirectory[] = [];
afterEach(async () => {
  for (const directory of open.splice(0)) await directory.close();
});

for (const transport of ['function', 'http'] as const) {
  const setUp = async (options: Partial<DirectoryOptions> = {}) => {
    const clock = new TestClock();
    const logged: string[] = [];
    const log = createLog('info', { write: (line) => void logged.push(line) });
    const directory = createDirectory({ transport, clock, log, random: seededRandom('calls'), ...options });
    open.push(directory);
    const client = directory.client(echoContract);
    await directory.register(echoContract, echo);
    return { clock, logged, directory, client, context: serviceContext('test', clock) };
  };

  describe(`calls as ${transport}`, () => {
    test('an answer comes back', async () => {
      const { client, context } = await setUp();
      assert.deepEqual(await client.say({ text: 'hi' }, context), { text: 'hi!' });
      assert.equal(await client.nothing({}, context), undefined);
    });

    test('caller, request id, trace and deadline travel along', async () => {
      const { client, clock } = await setUp();
      const context: CallContext = {
        caller: { kind: 'account', accountId: '12', sessionId: 's', role: 'Müllerin', scopes: ['read', 'write'] },
        deadlineMs: clock.now() + 3_000,
        requestId: 'r-1',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      };
      assert.deepEqual(await client.context({}, context), context);
    });

    test('the callee learns the tighter of deadline and timeout', async () => {
      const { client, clock, context } = await setUp();
      const seen = (await client.context(
        {},
        childContext(context, { deadlineMs: clock.now() + 60_000 }),
      )) as CallContext;
      assert.equal(seen.deadlineMs, clock.now() + 5_000);
    });

    test('an input of the wrong shape is refused and the field is named', async () => {
      const { client, context } = await setUp();
      const refusal = async (input: unknown) => {
        const error = await client.say(input as { text: string }, context).catch((raised) => raised);
        assert.ok(error instanceof PlazaError);
        assert.equal(error.code, 'bad_request');
        return Object.keys(error.details ?? {});
      };
      assert.deepEqual(await refusal({ text: 'far too long a text' }), ['text']);
      assert.deepEqual(await refusal({ text: 'x', tags: [{ name: 'a' }, {}] }), ['tags[1].name']);
      assert.deepEqual(await refusal(null), ['input']);
    });

    test('errors of the closed list arrive whole', async () => {
      const { client, context } = await setUp();
      await assert.rejects(client.fail({ how: 'plaza' }, context), notFound());
      await assert.rejects(
        client.fail({ how: 'details' }, context),
        (error: PlazaError) =>
          error.code === 'validation_failed' &&
          error.message === 'Nö' &&
          error.description === 'name is empty' &&
          error.details?.name?.[0]?.error === 'ERR_BLANK',
      );
    });

    test('any other error becomes internal: logged here, told to nobody', async () => {
      const { client, context, logged } = await setUp();
      await assert.rejects(client.fail({ how: 'otherwise' }, context), (error: PlazaError) => {
        assert.equal(error.code, 'internal');
        assert.ok(
          !JSON.stringify({ ...error, message: error.message, stack: error.stack, cause: error.cause }).includes(
            'hunter2',
          ),
        );
        return true;
      });
      assert.ok(logged.some((line) => line.includes('hunter2') && line.includes(context.requestId)));
    });

    test('a caller stops waiting at its deadline or at the timeout of the operation, whichever is first', async () => {
      const { client, clock, context } = await setUp();
      const timesOut = async (deadlineInMs: number, passMs: number) => {
        const call = client.hang({}, childContext(context, { deadlineMs: clock.now() + deadlineInMs }));
        let over = false;
        const seen = call.catch((error) => {
          over = true;
          return error;
        });
        clock.advance(passMs - 25);
        await settled();
        assert.equal(over, false);
        clock.advance(50);
        assert.equal((await seen).code, 'timeout');
      };
      await timesOut(500, 500);
      await timesOut(20_000, 1_000);
    });

    test('a call after its deadline does not start', async () => {
      const { client, clock, context } = await setUp();
      await assert.rejects(client.say({ text: 'a' }, childContext(context, { deadlineMs: clock.now() })), {
        code: 'timeout',
      });
    });

    test('a service that has not started, or has stopped, is unavailable', async () => {
      const { client, context, directory } = await setUp();
      await directory.unregister(echoContract);
      await assert.rejects(client.say({ text: 'a' }, context), { code: 'unavailable' });
      await directory.register(echoContract, echo);
      assert.deepEqual(await client.say({ text: 'a' }, context), { text: 'a!' });
    });

    test('with traces on, each call is a span and the callee learns of it; failures are counted', async () => {
      const exporter = new InMemorySpanExporter();
      const traces = await startTraces({ url: undefined, sample: 1, version: '1', exporter });
      const metrics = createMetrics();
      const { client, context } = await setUp({ traces, metrics });
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const seen = (await client.context({}, { ...context, traceparent })) as CallContext;
      assert.match(seen.traceparent ?? '', /^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01$/);
      const unsampled = `${traceparent.slice(0, -2)}00`;
      assert.equal(
        ((await client.context({}, { ...context, traceparent: unsampled })) as CallContext).traceparent,
        unsampled,
      );
      await assert.rejects(client.fail({ how: 'plaza' }, context));
      assert.match(
        await metrics.registry.metrics(),
        /^plaza_call_failures_total\{service="echo",operation="fail",code="not_found"\} 1$/m,
      );
      await traces.stop();
    });

    test('an answer that breaks its contract is found where outputs are checked', async () => {
      const { client, context } = await setUp({ checkOutputs: true });
      await assert.rejects(
        client.lie({}, context),
        (error: PlazaError) => error.code === 'internal' && /count/.test(error.description ?? ''),
      );
    });
  });
}

test('a service that does not implement its contract cannot be registered', async () => {
  const clock = new TestClock();
  const directory = createDirectory({
    transport: 'function',
    clock,
    log: createLog('silent'),
    random: seededRandom('x'),
  });
  const { say, ...rest } = echo;
  await assert.rejects(
    directory.register(echoContract, rest as ServiceApi<typeof echoContract>),
    /echo does not implement say/,
  );
});

test('a child context never has more time than its parent', () => {
  const clock = new TestClock();
  const parent = serviceContext('feed', clock, 100);
  assert.equal(childContext(parent, { deadlineMs: clock.now() + 500 }).deadlineMs, parent.deadlineMs);
  assert.equal(childContext(parent, { deadlineMs: clock.now() + 50 }).deadlineMs, clock.now() + 50);
  assert.notEqual(serviceContext('feed', clock).requestId, parent.requestId);
});

/** Lets everything that is ready on this thread and on its sockets run. */
async function settled(): Promise<void> {
  for (let round = 0; round < 5; round++) await new Promise((resolve) => setImmediate(resolve));
}
