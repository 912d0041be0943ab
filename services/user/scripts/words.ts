import { rowsOf } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { searchWords } from '../names/words.ts';
import { db } from '../store/tables.ts';
import type { Step } from './head.ts';

const selectWords = prepared((p: { id: string }) =>
  db.selectFrom('user_words').select('word').where('account_id', '=', p.id).orderBy('word'),
);
const insertWord = prepared((p: { word: string; id: string }) =>
  db
    .insertInto('user_words')
    .values({ word: p.word, account_id: p.id })
    .onConflict((conflict) => conflict.doNothing()),
);
const deleteWord = prepared((p: { word: string; id: string }) =>
  db.deleteFrom('user_words').where('word', '=', p.word).where('account_id', '=', p.id),
);

/** Makes the words under which an account is found those of its names; null: none. */
export function* indexWords(id: string, names: { username: string; displayName: string } | null): Step<void> {
  const wanted = new Set(names === null ? [] : searchWords(names.username, names.displayName));
  for (const { word } of yield* rowsOf(selectWords({ id }))) {
    if (!wanted.delete(word)) yield deleteWord({ word, id });
  }
  for (const word of wanted) yield insertWord({ word, id });
}
