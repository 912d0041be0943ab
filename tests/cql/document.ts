import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RecordedCql } from './recording.ts';

/** Where the committed document stands. */
export const DOCUMENT_FILE = fileURLToPath(new URL('../../deploy/cql/plaza.cql', import.meta.url));

const HEAD = [
  '-- The CQL that Plaza runs: made from the declarations of its tables and from a run that asks every operation.',
  '-- "npm test -- tests/cql" compares, "node tests/cql/write.ts" writes it anew. Plaza makes missing tables itself; an operator who',
  '-- makes them by hand takes the definitions from here, for a keyspace "plaza".',
].join('\n');

/** The document: what was recorded, and those of the `known` statements that their tables would still make. */
export function documentText(recorded: RecordedCql, known: readonly string[] = []): string {
  const sections = [...recorded.byTable()].map(([name, { definitions, statements, isOurs }]) => {
    const all = [...new Set([...statements, ...known.filter(isOurs)])].sort();
    return [`-- ${name}`, ...[...definitions, ...all].map((statement) => `${statement};`)].join('\n\n');
  });
  return `${[HEAD, ...sections].join('\n\n')}\n`;
}

/** The statements of the committed document. */
export function committedStatements(): string[] {
  const text = readFileSync(DOCUMENT_FILE, 'utf8').replaceAll(/^--.*$/gm, '');
  return text
    .split(/;\n/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
