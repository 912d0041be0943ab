import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { routes } from '../routes/index.ts';
import { openApiDocument } from './document.ts';

/** Where the committed document stands. */
export const DOCUMENT_FILE = fileURLToPath(new URL('../../../contracts/api/openapi.json', import.meta.url));

/** The document of the routes as they are now, as it is committed. */
export function documentText(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  return `${JSON.stringify(openApiDocument(routes, version), null, 2)}\n`;
}

/** `node services/gateway/openapi/write.ts` writes the document anew. */
if (import.meta.main) writeFileSync(DOCUMENT_FILE, documentText());
