import type { DraftContent, KeptDraft } from '#contracts/model/post.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { invalid, notFound } from '#platform/errors/errors.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import type { Relational } from '#ports/relational/port.ts';
import { requireAccount } from './caller.ts';
import type { PostMedia } from './media-port.ts';
import { addDraft, changeDraft, removeDraft } from './scripts/drafts.ts';
import type { DraftRow, DraftStore } from './store/draft-store.ts';

export interface DraftTools {
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly relational: Relational;
  readonly draftStore: DraftStore;
  readonly media: PostMedia;
}

/** What people have begun to write. Each draft belongs to its author alone, and is checked as a post only when it becomes one. */
export class Drafts {
  readonly #tools: DraftTools;

  constructor(tools: DraftTools) {
    this.#tools = tools;
  }

  async list(context: CallContext): Promise<KeptDraft[]> {
    const rows = await this.#tools.draftStore.list(requireAccount(context), LIMITS.drafts);
    return this.#presented(rows);
  }

  async add(content: DraftContent, idempotencyKey: string, context: CallContext): Promise<KeptDraft> {
    const { ids, relational } = this.#tools;
    const row = await relational.run(addDraft, { ...this.#write(ids.next(), content, context), idempotencyKey });
    return (await this.#presented([row]))[0]!;
  }

  async change(id: string, content: DraftContent, context: CallContext): Promise<KeptDraft> {
    const row = await this.#tools.relational.run(changeDraft, this.#write(id, content, context));
    if (row === undefined) throw notFound();
    return (await this.#presented([row]))[0]!;
  }

  async remove(id: string, context: CallContext): Promise<void> {
    const { clock, relational } = this.#tools;
    const authorId = requireAccount(context);
    if (!(await relational.run(removeDraft, { id, authorId, nowMs: clock.now() }))) throw notFound();
  }

  #write(id: string, content: DraftContent, context: CallContext) {
    const authorId = requireAccount(context);
    const { mediaIds } = content;
    if (new Set(mediaIds).size < mediaIds.length) {
      throw invalid('media_ids', 'ERR_TAKEN', 'A file is attached twice');
    }
    return { id, authorId, content: JSON.stringify(content), mediaIds, nowMs: this.#tools.clock.now() };
  }

  async #presented(rows: readonly DraftRow[]): Promise<KeptDraft[]> {
    const read = rows.map((row) => ({ row, content: JSON.parse(row.content) as DraftContent }));
    const wanted = [...new Set(read.flatMap(({ content }) => content.mediaIds))];
    const media = wanted.length === 0 ? [] : await this.#tools.media.of(wanted);
    const byId = new Map(media.map((one) => [one.id, one]));
    return read.map(({ row, content }) => ({
      id: row.id,
      content,
      media: content.mediaIds.map((id) => byId.get(id)).filter((one) => one !== undefined),
      changedMs: row.changed_ms,
    }));
  }
}
