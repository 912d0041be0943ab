import type { TObject, TSchema } from 'typebox';
import { invalid, type PlazaError } from '#platform/errors/errors.ts';
import { compareIds } from '#platform/ids/ids.ts';
import { CLAMP, CURSOR } from './types.ts';

/** The JSON Schema keywords that the API's parameters use. */
interface Keywords {
  readonly type?: string;
  readonly anyOf?: readonly Keywords[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Keywords>>;
  readonly required?: readonly string[];
  readonly items?: Keywords;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
}

/** Makes a value of its type from what came, or raises a 422 that names `field`. `undefined` means: as if it had not been sent. */
type Coercion = (raw: unknown, field: string) => unknown;

const ABSENT = undefined;
const TRUE: ReadonlySet<unknown> = new Set([true, 1, '1', 'true', 't', 'True', 'TRUE', 'on', 'yes']);
const FALSE: ReadonlySet<unknown> = new Set([false, 0, '0', 'false', 'f', 'False', 'FALSE', 'off', 'no']);

/** A reader of one route's parameters. Unknown names are passed over, as clients of newer servers send them. */
export function compileParameters<S extends TObject>(schema: S): (raw: Readonly<Record<string, unknown>>) => unknown {
  const coerce = objectOf(schema as unknown as Keywords);
  return (raw) => coerce(raw, '');
}

function compile(schema: TSchema | Keywords): Coercion {
  const keywords = schema as Keywords;
  if (keywords.anyOf) return choiceOf(keywords);
  switch (keywords.type) {
    case 'string':
      return textOf(keywords);
    case 'integer':
    case 'number':
      return numberOf(keywords);
    case 'boolean':
      return (raw, field) =>
        raw === '' || raw === null
          ? ABSENT
          : TRUE.has(raw) || (FALSE.has(raw) ? false : refuse(field, 'is not true or false'));
    case 'array':
      return listOf(keywords);
    case 'object':
      return objectOf(keywords);
    default:
      throw new TypeError(`Parameters of type ${keywords.type} are not known.`);
  }
}

function textOf(keywords: Keywords): Coercion {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = keywords;
  const allowed = keywords.const === undefined ? keywords.enum : [keywords.const];
  const pattern = keywords.pattern === undefined ? undefined : new RegExp(keywords.pattern);
  const largest = (keywords as Record<string, unknown>)[CURSOR] as string | undefined;
  return (raw, field) => {
    const text = scalar(raw, field);
    if (text === undefined) return ABSENT;
    // An empty form field for a choice, an id or a number means that nothing was filled in.
    if (text === '' && (allowed !== undefined || pattern !== undefined)) return ABSENT;
    if (text.includes('\0') || !text.isWellFormed()) throw refusal(field, 'is not valid Unicode text');
    if (allowed !== undefined && !allowed.includes(text)) {
      throw refusal(field, `is not one of ${allowed.join(', ')}`, 'ERR_INCLUSION');
    }
    if (pattern !== undefined && !pattern.test(text)) throw refusal(field, 'is invalid');
    if (largest !== undefined) return cursor(text, largest);
    if (text.length < minLength) throw refusal(field, "can't be blank", 'ERR_BLANK');
    if (text.length > maxLength)
      throw refusal(field, `is too long (maximum is ${maxLength} characters)`, 'ERR_TOO_LONG');
    return text;
  };
}

function cursor(text: string, largest: string): string | undefined {
  const digits = text.replace(/^0+/, '');
  if (digits === '') return ABSENT;
  return compareIds(digits, largest) > 0 ? largest : digits;
}

function numberOf(keywords: Keywords): Coercion {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = keywords;
  const whole = keywords.type === 'integer';
  const clamp = (keywords as Record<string, unknown>)[CLAMP] === true;
  return (raw, field) => {
    const text = typeof raw === 'number' ? undefined : scalar(raw, field);
    if (typeof raw !== 'number' && (text === undefined || text === '')) return ABSENT;
    const value = typeof raw === 'number' ? raw : /^-?[0-9]+(\.[0-9]+)?$/.test(text!) ? Number(text) : Number.NaN;
    if (!Number.isFinite(value)) throw refusal(field, 'is not a number');
    if (whole && !Number.isSafeInteger(value)) throw refusal(field, 'is not a whole number');
    if (clamp) return Math.min(Math.max(value, minimum), maximum);
    if (value < minimum) throw refusal(field, `must be at least ${minimum}`);
    if (value > maximum) throw refusal(field, `must be at most ${maximum}`);
    return value;
  };
}

/** The last of repeated values counts. A number stands for its digits: some clients send ids as numbers. */
function scalar(raw: unknown, field: string): string | undefined {
  if (typeof raw === 'string') return raw;
  if (raw === null || raw === undefined) return undefined;
  if (typeof raw === 'number' && Number.isFinite(raw)) return String(raw);
  if (Array.isArray(raw) && raw.length > 0 && typeof raw.at(-1) === 'string') return raw.at(-1);
  throw refusal(field, 'has the wrong type');
}

/** `a[]=1`, `a[0]=1`, a JSON array, or one value alone. */
function listOf(keywords: Keywords): Coercion {
  const item = compile(keywords.items!);
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = keywords;
  return (raw, field) => {
    if (raw === null || raw === undefined) return ABSENT;
    const entries = entriesOf(raw);
    if (entries.length > maxItems)
      throw refusal(field, `has too many entries (maximum is ${maxItems})`, 'ERR_TOO_MANY');
    const values = entries.map((entry, at) => item(entry, `${field}[${at}]`)).filter((value) => value !== ABSENT);
    if (values.length < minItems) throw refusal(field, `needs at least ${minItems} entries`, 'ERR_BLANK');
    return values;
  };
}

function entriesOf(raw: unknown): readonly unknown[] {
  if (Array.isArray(raw)) return raw;
  if (typeof raw !== 'object') return raw === '' ? [] : [raw];
  const keys = Object.keys(raw as object);
  if (!keys.every((key) => /^[0-9]+$/.test(key))) return [raw];
  return keys.sort((a, b) => Number(a) - Number(b)).map((key) => (raw as Record<string, unknown>)[key]);
}

function objectOf(keywords: Keywords): Coercion {
  const required = new Set(keywords.required ?? []);
  const fields = Object.entries(keywords.properties ?? {}).map(([name, schema]) => ({
    name,
    coerce: compile(schema),
    fallback: schema.default,
    required: required.has(name),
  }));
  return (raw, field) => {
    if (raw === null || raw === undefined || raw === '') return ABSENT;
    if (typeof raw !== 'object' || Array.isArray(raw)) throw refusal(field, 'has the wrong type');
    const value: Record<string, unknown> = {};
    for (const { name, coerce, fallback, required } of fields) {
      const path = field === '' ? name : `${field}[${name}]`;
      const given = Object.hasOwn(raw, name) ? coerce((raw as Record<string, unknown>)[name], path) : ABSENT;
      if (given !== ABSENT) value[name] = given;
      else if (fallback !== undefined) value[name] = fallback;
      else if (required) throw refusal(path, "can't be blank", 'ERR_BLANK');
    }
    return value;
  };
}

/** The first of several shapes that fits. Where one of them is null, JSON says null and a form leaves the field empty. */
function choiceOf(keywords: Keywords): Coercion {
  const shapes = keywords.anyOf!;
  const constants = shapes.map((shape) => shape.const);
  if (constants.every((constant) => typeof constant === 'string')) return textOf({ type: 'string', enum: constants });
  const nullable = shapes.some((shape) => shape.type === 'null');
  const coercions = shapes.filter((shape) => shape.type !== 'null').map(compile);
  return (raw, field) => {
    if (nullable && (raw === null || raw === '')) return null;
    let first: PlazaError | undefined;
    for (const coerce of coercions) {
      try {
        return coerce(raw, field);
      } catch (error) {
        first ??= error as PlazaError;
      }
    }
    throw first;
  };
}

function refuse(field: string, why: string): never {
  throw refusal(field, why);
}

function refusal(field: string, why: string, reason = 'ERR_INVALID'): PlazaError {
  return invalid(field, reason, `${field} ${why}`);
}
