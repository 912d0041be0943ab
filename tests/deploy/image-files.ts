import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFiles } from '../runner/find-tests.ts';

/** The files that a stage of the Dockerfile copies from the project: those that its `COPY` lines name and `.dockerignore` lets through. Without a name: the last stage, the image itself. */
export function imageFiles(root: string, stage?: string): string[] {
  const sources = copiedBy(readFileSync(join(root, 'Dockerfile'), 'utf8'), stage);
  return contextFiles(root).filter((path) =>
    sources.some((source) => path === source || path.startsWith(`${source}/`)),
  );
}

function copiedBy(dockerfile: string, stage: string | undefined): string[] {
  const stages = dockerfile.split(/^FROM /m).slice(1);
  const text = stages.find((one) => /^\S+ AS (\S+)$/m.exec(one)?.[1] === stage) ?? '';
  return [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, named]) => named!.split(' '));
}

/** The files that the stages may copy: those that the last fitting line of `.dockerignore` does not leave out. */
function contextFiles(root: string): string[] {
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
