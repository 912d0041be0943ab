import Type, { type Static, type TSchema } from 'typebox';
import { Id, TimeMs, Version } from '#contracts/model/common.ts';

export interface EventType<D extends TSchema = TSchema> {
  /** Reverse-DNS free, stable for ever: `plaza.post.created`. */
  readonly type: string;
  readonly topic: string;
  readonly data: D;
}

/** Declares an event. Data carries ids, versions and visibility, never what a person wrote. Fields are only ever added, and optional. */
export function eventType<D extends TSchema>(topic: string, type: string, data: D): EventType<D> {
  return { topic, type, data };
}

/** The CloudEvents 1.0 envelope around `data`. */
export const Envelope = Type.Object({
  specversion: Type.Literal('1.0'),
  id: Id,
  source: Type.String({ maxLength: 60 }),
  type: Type.String({ maxLength: 100 }),
  /** The aggregate: the key on the bus. */
  subject: Type.String({ maxLength: 100 }),
  time: Type.String({ maxLength: 40 }),
  datacontenttype: Type.Literal('application/json'),
  /** Of the aggregate: an older or repeated version is a no-op. */
  aggregateversion: Version,
  traceparent: Type.Optional(Type.String({ maxLength: 60 })),
  data: Type.Any(),
});
export type Envelope = Static<typeof Envelope>;

export { Id, TimeMs, Version };
