import pg from 'pg';

const OID = { bool: 16, bytes: 17, int8: 20, numeric: 1700 } as const;

/** Values come as SQLite gives them: numbers for whole numbers of any width and for sums, 1 and 0 for what is true and false. */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    PARSERS[oid] ?? pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [OID.int8]: exactNumber,
  [OID.numeric]: exactNumber,
  [OID.bool]: (text) => (text === 't' ? 1 : 0),
};

/** @throws RangeError for a whole number that a JavaScript number cannot hold: a wrong one would be worse */
function exactNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a number`);
  return value;
}

/**
 * Refuses what the driver would turn into something else: a boolean, NaN, an object or a date.
 * @throws TypeError
 */
export function checkedParameters(parameters: readonly unknown[]): unknown[] {
  return parameters.map((value, index) => {
    switch (typeof value) {
      case 'string':
      case 'bigint':
        return value;
      case 'number':
        if (!Number.isNaN(value)) return value;
        break;
      case 'object':
        if (value === null) return value;
        if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
        break;
    }
    const what = typeof value === 'object' ? Object.prototype.toString.call(value) : String(value);
    throw new TypeError(`Parameter ${index + 1} cannot be ${what}; give text, a number, a bigint, bytes or null.`);
  });
}
