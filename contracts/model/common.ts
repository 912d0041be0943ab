import Type, { type Static } from 'typebox';

/** A 64-bit id in decimal text. */
export const Id = Type.String({ pattern: '^[1-9][0-9]{0,18}$', maxLength: 19 });
/** Milliseconds since the Unix epoch. */
export const TimeMs = Type.Integer({ minimum: 0 });
/** Grows with every change of its aggregate. */
export const Version = Type.Integer({ minimum: 1 });

export const MAX_PAGE = 80;
export const MAX_IDS = 500;

export const Ids = Type.Array(Id, { maxItems: MAX_IDS });

/**
 * A window of a list that is ordered by id, newest first. `maxId` and `sinceId` bound the newest entries; `minId` asks for the oldest
 * entries above it. Bounds are exclusive.
 */
export const Page = Type.Object({
  maxId: Type.Optional(Id),
  sinceId: Type.Optional(Id),
  minId: Type.Optional(Id),
  limit: Type.Integer({ minimum: 1, maximum: MAX_PAGE }),
});
export type Page = Static<typeof Page>;

/** Cursors of the page that was answered: entries with ids below `olderThan` and above `newerThan` come next. */
export const Cursors = Type.Object({ olderThan: Type.Optional(Id), newerThan: Type.Optional(Id) });
export type Cursors = Static<typeof Cursors>;

export const Nothing = Type.Object({});
export type Nothing = Static<typeof Nothing>;
