// Writes deploy/cql/plaza.cql anew: node tests/cql/write.ts
import { existsSync, writeFileSync } from 'node:fs';
import { committedStatements, DOCUMENT_FILE, documentText } from './document.ts';
import { recordCql } from './run.ts';

const known = existsSync(DOCUMENT_FILE) ? committedStatements() : [];
writeFileSync(DOCUMENT_FILE, documentText(await recordCql(), known));
