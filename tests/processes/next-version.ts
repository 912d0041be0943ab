import { createServer, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Compile } from 'typebox/compile';
import type { Schema } from '#contracts/previous/accepts.ts';
import type { WireContracts } from '#contracts/previous/today.ts';
import type { EventBus } from '#ports/event-bus/port.ts';

const MORE = { ofTheNextVersion: { told: ['something', 1] } };

/** The value as the next version would say it: with a field that nobody knows in each object whose fields are declared. */
export function grown(schema: Schema | undefined, value: unknown): unknown {
  if (schema === undefined || typeof value !== 'object' || value === null) return value;
  if (schema.anyOf !== undefined) {
    return grown(
      schema.anyOf.find((branch) => Compile(branch as object).Check(value)),
      value,
    );
  }
  if (Array.isArray(value)) return value.map((item) => grown(schema.items, item));
  const { properties } = schema;
  if (properties === undefined) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, grown(properties[name], field)]);
  return { ...Object.fromEntries(fields), ...MORE };
}

/** Stands between a service and who calls it, and makes each of the two see the next version in the other. `said` counts what it changed. */
export async function callsOfTheNextVersion(
  service: string,
  port: number,
  contracts: WireContracts,
  said: { calls: number },
) {
  const server = createServer(async (incoming, outgoing) => {
    const operation = contracts.calls[`${service}.${incoming.url?.split('/').at(-1)}`];
    const more = (schema: Schema | undefined, body: Buffer) =>
      body.length === 0 ? body : Buffer.from(JSON.stringify(grown(schema, JSON.parse(String(body)))));
    const asked = more(operation?.input as Schema | undefined, await buffer(incoming));
    const headers = { ...incoming.headers, 'content-length': String(asked.length), connection: 'close' };
    delete headers['transfer-encoding'];
    const onward = request({ host: '127.0.0.1', port, method: 'POST', path: incoming.url, headers, agent: false });
    onward.on('error', () => outgoing.destroy());
    onward.on('response', async (answer) => {
      const told = await buffer(answer);
      const body = answer.statusCode === 200 ? more(operation?.output as Schema | undefined, told) : told;
      if (operation !== undefined) said.calls++;
      const { 'content-length': _, 'transfer-encoding': __, ...rest } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 502, rest).end(answer.statusCode === 204 ? undefined : body);
    });
    onward.end(asked);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A bus on which every event is of the next version. */
export function eventsOfTheNextVersion(bus: EventBus, contracts: WireContracts, said: { events: number }): EventBus {
  const publish: EventBus['publish'] = (topic, events) =>
    bus.publish(
      topic,
      events.map((event) => {
        const { data, ...envelope } = JSON.parse(event.body);
        said.events++;
        const schema = contracts.events[envelope.type] as Schema | undefined;
        return { ...event, body: JSON.stringify({ ...envelope, ofthenextversion: 'yes', data: grown(schema, data) }) };
      }),
    );
  return new Proxy(bus, {
    get(target, name) {
      if (name === 'publish') return publish;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
