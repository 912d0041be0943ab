// Preloaded with `--import`: takes one check out of the product as it is loaded, in this process and its threads. `REMOVED_CHECK` says which.
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { MUTATIONS } from './mutations.ts';

const mutation = MUTATIONS.find(({ check }) => check === process.env.REMOVED_CHECK);
if (mutation === undefined) throw new Error(`There is no check “${process.env.REMOVED_CHECK}”`);
const root = pathToFileURL(`${import.meta.dirname}/../../`).href;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (url !== root + mutation.file) return loaded;
    const source =
      typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString();
    const parts = source.split(mutation.text);
    if (parts.length !== 2) {
      throw new Error(
        `“${mutation.text}” stands ${parts.length - 1} times in ${mutation.file}: mend tests/matrix/mutations.ts`,
      );
    }
    return { ...loaded, source: parts.join(mutation.instead) };
  },
});
