import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { PlazaError } from '#platform/errors/errors.ts';

/** Tells whether a value has the schema's shape. The schema is compiled at the first value: hundreds of operations would slow the start down. */
export interface ShapeCheck {
  (value: unknown): boolean;
  /** What is wrong with a value that did not pass, as a field and a sentence. */
  explain(value: unknown): { readonly field: string; readonly description: string };
}

export function shapeCheck(schema: TSchema): ShapeCheck {
  let compiled: ReturnType<typeof Compile> | undefined;
  const validator = () => {
    compiled ??= Compile(schema);
    return compiled;
  };
  const check = (value: unknown): boolean => (compiled ?? validator()).Check(value);
  return Object.assign(check, { explain: (value: unknown) => explain(validator().Errors(value)) });
}

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message: string;
  readonly params: object;
}

/** The first error, with its field as a path such as `media[0].focus`. */
function explain(errors: readonly SchemaError[]): { field: string; description: string } {
  const first = errors[0];
  if (first === undefined) return { field: 'input', description: 'input is refused' };
  const missing = (first.params as { requiredProperties?: string[] }).requiredProperties?.[0];
  const field = fieldPath(missing === undefined ? first.instancePath : `${first.instancePath}/${missing}`);
  if (missing !== undefined) return { field, description: `${field} is missing` };
  if (first.keyword === 'boolean') return { field, description: `${field} is not known` };
  return { field, description: `${field} ${first.message}` };
}

function fieldPath(pointer: string): string {
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (parts.length === 0) return 'input';
  return parts.reduce(
    (path, part) => (/^[0-9]+$/.test(part) ? `${path}[${part}]` : path ? `${path}.${part}` : part),
    '',
  );
}

/** The refusal of an input that has not the shape of its contract. */
export function refusedInput(check: ShapeCheck, input: unknown): PlazaError {
  const { field, description } = check.explain(input);
  return new PlazaError('bad_request', 'Bad request', {
    description,
    details: { [field]: [{ error: 'ERR_INVALID', description }] },
  });
}
