/**
 * From the dialect in which statements and migrations are written (what SQLite and PostgreSQL share) to PostgreSQL's own. Everything else that
 * differs is refused by the port's suite rather than translated.
 */

/** Text in quotes and comments, which are left as they are, or a placeholder. */
const PIECES = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\?/g;

/** Parameters are `?` for the builder and `$1` … for the server. */
export function inPostgres(sql: string): string {
  let count = 0;
  return sql.replace(PIECES, (piece) => (piece === '?' ? `$${++count}` : piece));
}

/** A column's type stands behind its name: a column may well be called `text`. */
const COLUMN_TYPE =
  /((?:\b[a-z_]\w*|"[^"]+")\s+)(text|bigint|integer|int|smallint|real|blob)\b(?!\s+(?:text|bigint|integer|int|smallint|real|blob)\b)/gi;

const TYPES: Readonly<Record<string, string>> = {
  // Byte by byte, which is SQLite's order too: ids and cursors are compared as text, whatever the language of the database.
  text: 'TEXT COLLATE "C"',
  bigint: 'BIGINT',
  integer: 'BIGINT',
  int: 'BIGINT',
  smallint: 'BIGINT',
  real: 'DOUBLE PRECISION',
  blob: 'BYTEA',
};

/** A statement of a migration. */
export function definitionInPostgres(sql: string): string {
  const plain = sql.replace(/[\s;]+$/, '');
  if (!/^\s*(create|alter)\s+table\b/i.test(plain)) return plain;
  return outsideLiterals(withoutTableOptions(plain), (part) =>
    part.replace(COLUMN_TYPE, (_, before: string, type: string) => before + TYPES[type.toLowerCase()]!),
  );
}

/** `STRICT` and `WITHOUT ROWID` say to SQLite what is always so here. */
function withoutTableOptions(sql: string): string {
  return sql.replace(/\)\s*(?:(?:strict|without\s+rowid)\s*,?\s*)+$/i, ')');
}

function outsideLiterals(sql: string, change: (part: string) => string): string {
  return sql
    .split(/('(?:[^']|'')*')/)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');
}
