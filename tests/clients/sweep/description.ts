import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** The published description of the client API: beside the project where it is there, never in it. */
const FILE = new URL('../../../../shared/client-api.openapi.json', import.meta.url);

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { content?: Record<string, { schema?: object }> }>>;
}

export interface Description {
  /** The operation that a request is for, by its method and its path or route pattern; undefined where the description has none. */
  operationOf(method: string, path: string): string | undefined;
  /** What is wrong with an answer. Undefined when nothing is, or when the description does not say how an answer of this status looks. */
  wrongWith(method: string, path: string, status: number, body: unknown): string | undefined;
}

/** Why there is no description here, as a reason to skip; false when there is one. */
export const NO_DESCRIPTION = existsSync(FILE) ? false : `needs the description of the client API at ${FILE.pathname}`;

export function readDescription(): Description {
  const document = JSON.parse(readFileSync(FILE, 'utf8')) as { paths: Record<string, Record<string, Operation>> };
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: object) => void)(ajv);
  // A format of the description's own.
  ajv.addFormat('iso-639-1', /^[a-z]{2,3}$/);
  ajv.addSchema(document, 'description');
  const validators = new Map<string, ValidateFunction>();
  // Addresses with fewer parameters first, so that `/accounts/lookup` is not taken for `/accounts/{id}`.
  const templates = Object.keys(document.paths)
    .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{[^}]*\}/g, '[^/]+').replaceAll('.', '\\.')}$`) }))
    .sort((a, b) => a.path.split('{').length - b.path.split('{').length);

  function find(method: string, path: string) {
    const bare = path.split('?')[0] ?? path;
    for (const { path: template, pattern } of templates) {
      const operation = pattern.test(bare) ? document.paths[template]?.[method.toLowerCase()] : undefined;
      if (operation !== undefined) return { template, operation };
    }
    return undefined;
  }

  function validatorOf(template: string, method: string, status: string): ValidateFunction {
    const pointer = [
      'paths',
      template,
      method.toLowerCase(),
      'responses',
      status,
      'content',
      'application/json',
      'schema',
    ];
    const reference = `description#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
    const known = validators.get(reference) ?? ajv.compile({ $ref: reference });
    validators.set(reference, known);
    return known;
  }

  return {
    operationOf: (method, path) => find(method, path)?.operation.operationId,
    wrongWith(method, path, status, body) {
      const found = find(method, path);
      if (found?.operation.responses[String(status)]?.content?.['application/json']?.schema === undefined)
        return undefined;
      const validate = validatorOf(found.template, method, String(status));
      return validate(body) ? undefined : ajv.errorsText(validate.errors?.slice(0, 4));
    },
  };
}
