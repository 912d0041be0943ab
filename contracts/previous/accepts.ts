import { Compile } from 'typebox/compile';

/** JSON Schema, as far as contracts use it. */
export interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly pattern?: string;
  readonly [bound: string]: unknown;
}

/**
 * Whether a reader takes everything that a writer may write; if not, the first reason. What a reader does not know it ignores, so a writer may have more fields. It compares
 * shapes, and says no where it cannot tell.
 */
export function refusal(reader: Schema, writer: Schema, path = ''): string | undefined {
  if (takesAnything(reader)) return undefined;
  for (const branch of branches(writer)) {
    const reasons = branches(reader).map((readable) => ofOne(readable, branch, path));
    if (!reasons.includes(undefined)) return reasons.at(-1) ?? `${path}: nothing is taken`;
  }
  return undefined;
}

/** The forms that a value may have, each without a choice in it. */
function branches(schema: Schema): Schema[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap(branches);
  if (schema.enum !== undefined) return schema.enum.map((value) => ({ const: value }));
  return [schema];
}

function takesAnything(schema: Schema): boolean {
  return schema.type === undefined && schema.const === undefined && branches(schema)[0] === schema;
}

function ofOne(reader: Schema, writer: Schema, path: string): string | undefined {
  if (takesAnything(reader)) return undefined;
  const what = path === '' ? 'the whole' : path.slice(1);
  if (writer.const !== undefined || writer.type === 'null') {
    const value = writer.const ?? null;
    return Compile(reader as object).Check(value) ? undefined : `${what} may be ${JSON.stringify(value)}`;
  }
  if (reader.const !== undefined) return `${what} is no longer ${JSON.stringify(reader.const)} alone`;
  const widened = reader.type === 'number' && writer.type === 'integer';
  if (reader.type !== writer.type && !widened) return `${what} is ${writer.type ?? 'anything'}, not ${reader.type}`;
  return (
    bounds(reader, writer, what) ??
    (reader.type === 'object' ? fields(reader, writer, path, what) : undefined) ??
    (reader.type === 'array' ? refusal(reader.items ?? {}, writer.items ?? {}, `${path}[]`) : undefined)
  );
}

const LOWER = ['minimum', 'minLength', 'minItems', 'minProperties'];
const UPPER = ['maximum', 'maxLength', 'maxItems', 'maxProperties'];

function bounds(reader: Schema, writer: Schema, what: string): string | undefined {
  for (const name of LOWER) {
    const least = reader[name];
    if (typeof least === 'number' && !(Number(writer[name]) >= least)) return `${what} may be below ${name} ${least}`;
  }
  for (const name of UPPER) {
    const most = reader[name];
    if (typeof most === 'number' && !(Number(writer[name]) <= most)) return `${what} may be above ${name} ${most}`;
  }
  if (reader.pattern !== undefined && reader.pattern !== writer.pattern) return `${what} may not fit ${reader.pattern}`;
  return undefined;
}

function fields(reader: Schema, writer: Schema, path: string, what: string): string | undefined {
  const written = writer.properties ?? {};
  for (const [name, schema] of Object.entries(reader.properties ?? {})) {
    if (reader.required?.includes(name) && !writer.required?.includes(name)) return `${what} may lack ${name}`;
    if (written[name] === undefined) continue;
    const reason = refusal(schema, written[name], `${path}.${name}`);
    if (reason !== undefined) return reason;
  }
  if (reader.additionalProperties !== false) return undefined;
  const unknown = Object.keys(written).find((name) => reader.properties?.[name] === undefined);
  return unknown === undefined ? undefined : `${what} may have ${unknown}, which is refused`;
}
