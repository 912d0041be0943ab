// Preloaded with `--import`: takes one check out of the product as it is loaded, in this process and its threads. `REMOVED_CHECK` says which (JSON).
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Mutation } from './mutation.ts';

const { file, text, instead } = JSON.parse(process.env.REMOVED_CHECK ?? '{}') as Mutation;
const root = pathToFileURL(`${import.meta.dirname}/../../`).href;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (url !== root + file) return loaded;
    const source =
      typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString();
    const parts = source.split(text);
    if (parts.length !== 2) {
      throw new Error(`“${text}” stands ${parts.length - 1} times in ${file}: mend the mutation`);
    }
    return { ...loaded, source: parts.join(instead) };
  },
});
