import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFiles } from './find-tests.ts';

export interface CodeFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** A test, or what only tests load. */
  readonly isTest: boolean;
}

/** Every source file of the project. */
export function codeFiles(root: string): CodeFile[] {
  return projectFiles(root)
    .filter((path) => /\.(ts|tsx|mjs|js)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8'), isTest: isTest(path) }));
}

function isTest(path: string): boolean {
  return /\.test\.ts$|-child\.ts$|\/testing[^/]*(\.ts$|\/)|\/suite[^/]*\.ts$|^tests\/|^bench\//.test(path);
}
