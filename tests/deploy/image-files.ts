import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFiles } from '../runner/find-tests.ts';

/** The files that `COPY . .` takes into the image: those that the last fitting line of `.dockerignore` does not leave out. */
export function imageFiles(root: string): string[] {
  const rules = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ kept: line.startsWith('!'), pattern: line.replace(/^!/, '') }));
  return projectFiles(root).filter((path) => {
    const last = rules.findLast(({ pattern }) => covers(pattern, path));
    return last === undefined || last.kept;
  });
}

/** A pattern covers what it fits, and what lies in a folder that it fits. A star stands for dots, too. */
function covers(pattern: string, path: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\?]/g, '\\$&');
  const anywhere = source.replace(/^\*\*\//, '(?:.*/)?').replace(/(?<!\.)\*/g, '[^/]*');
  return new RegExp(`^${anywhere}(?:/|$)`).test(path);
}
