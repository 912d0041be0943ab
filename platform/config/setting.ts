import type { TSchema } from 'typebox';
import Type from 'typebox';

/** What is told about a setting beside its schema. */
export interface SettingNotes {
  readonly description: string;
  /** What to do when the value is refused: an instruction that follows "…: ". */
  readonly mend: string;
  readonly default?: unknown;
  /** What stands in the table where the default is worked out at the start. */
  readonly defaultText?: string;
  /** Its value is never shown, and may come from a file named by `<NAME>_FILE`. */
  readonly secret?: boolean;
  /** Schemes of an `engine-address`, without a colon. */
  readonly schemes?: readonly string[];
  /** A form that the schema cannot say: see `formats.ts`. */
  readonly form?:
    | 'origin'
    | 'web-address'
    | 'smtp-address'
    | 'networks'
    | 'email'
    | 'mailbox'
    | 'operator-key'
    | 'fault'
    | 'engine-address'
    | 'service-pattern';
  /** A heading of the table. */
  readonly group: string;
}

export const text = (maxLength = 1_000) => Type.String({ minLength: 1, maxLength });
export const port = () => Type.Integer({ minimum: 0, maximum: 65_535 });

/** One schema with its notes; the notes travel inside the schema. */
export function setting<S extends TSchema>(schema: S, notes: SettingNotes): S {
  return { ...schema, ...notes };
}
