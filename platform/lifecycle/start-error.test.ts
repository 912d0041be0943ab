import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { PlazaError } from '#platform/errors/errors.ts';
import { SqliteError } from '#ports/sqlite/errors.ts';
import { StartError, startProblem } from './start-error.ts';

test('a port in use is told in one line', async () => {
  const first = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => first.once('listening', resolve));
  const { port } = first.address() as { port: number };
  const second = createServer();
  const error = await new Promise((resolve) => second.once('error', resolve).listen(port, '127.0.0.1'));
  first.close();
  assert.equal(
    startProblem(error),
    `Port ${port} of 127.0.0.1 is in use: stop what listens there, or set PLAZA_PORT to another port.`,
  );
});

test('problems of the machine have a mend, faults of the program have none', () => {
  for (const code of ['EADDRNOTAVAIL', 'ENOTFOUND', 'ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EMFILE']) {
    assert.match(startProblem(Object.assign(new Error('x'), { code })) ?? '', /^[^\n]+: [^\n]+\.$/, code);
  }
  assert.equal(startProblem(new StartError('Do this.')), 'Do this.');
  assert.equal(startProblem(new TypeError('x is not a function')), undefined);
  const sqlite = (errcode: number) =>
    startProblem(Object.assign(new Error('x'), { code: 'ERR_SQLITE_ERROR', errcode }));
  assert.match(sqlite(13) ?? '', /disk is full/);
  assert.match(sqlite(11) ?? '', /damaged/);
  assert.match(sqlite(266) ?? '', /disk does not work/);
  assert.equal(sqlite(1), undefined);
  const wrapped = new PlazaError('unavailable', 'core.sqlite takes no more writes', {
    cause: new SqliteError('x', 13),
  });
  assert.match(startProblem(wrapped) ?? '', /disk is full/);
});
