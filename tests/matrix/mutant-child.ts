// The matrix, in a process from which a check was removed. Its arguments are the operations to ask; it prints the red cells.
import { routes } from '#services/gateway/routes/index.ts';
import { startCast } from './cast.ts';
import { runMatrix } from './run-matrix.ts';

const operations = process.argv.slice(2);
const asked = routes.filter(({ method, url }) => operations.includes(`${method} ${url}`));
const cast = await startCast({ checkOutputs: false });
const { red } = await runMatrix(asked, cast);
await cast.plaza.remove();
process.stdout.write(JSON.stringify(red));
