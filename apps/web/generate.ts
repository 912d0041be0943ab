import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import openapiTypescript, { astToString } from 'openapi-typescript';

const OUTPUT = join(import.meta.dirname, 'generated/api.ts');
const DOCUMENT = new URL('../../contracts/api/openapi.json', import.meta.url);

/** Writes the types of the public API from the document that we serve. */
export async function generateTypes(): Promise<void> {
  const types = astToString(await openapiTypescript(DOCUMENT, { defaultNonNullable: false }));
  mkdirSync(dirname(OUTPUT), { recursive: true });
  if (read() !== types) writeFileSync(OUTPUT, types);
}

function read(): string | undefined {
  try {
    return readFileSync(OUTPUT, 'utf8');
  } catch {
    return undefined;
  }
}

if (import.meta.main) await generateTypes();
