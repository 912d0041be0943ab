import type { TObject, TSchema } from 'typebox';
import { ENTITIES } from '#contracts/api/entities.ts';
import { CLAMP, CURSOR } from '../params/types.ts';
import type { Method, Route } from '../route.ts';
import { OTHER_TYPES } from './entities.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of the routes that are served. */
export function openApiDocument(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {};
  const bodies: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.url.replace(/:([a-z_]+)/g, '{$1}').replace(/\*$/, '{key}');
    paths[path] ??= {};
    const methods: Method[] = [route.method, ...(route.alsoAs ?? [])];
    for (const method of methods) paths[path][method.toLowerCase()] = operation(route, method);
    if (route.body !== undefined) bodies[bodyName(route)] = plain(route.body);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Plaza',
      version,
      description: 'The public API of Plaza: the client API of Mastodon, as far as Plaza carries it.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths: sorted(paths),
    components: {
      schemas: {
        ...sorted(Object.fromEntries(Object.entries(ENTITIES).map(([name, schema]) => [name, plain(schema)]))),
        ...sorted(bodies),
      },
      responses: Object.fromEntries(
        Object.entries(MEANINGS).map(([status, description]) => [
          status,
          { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        ]),
      ),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An access token of OAuth 2.0' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-plaza-access', description: FIRST_PARTY },
      },
    },
  };
}

function operation(route: Route, method: Method): Json {
  const scopes = route.scope === null ? [] : typeof route.scope === 'string' ? [route.scope] : [...route.scope];
  const access = {
    public: 'Anybody',
    app: 'Any valid token',
    account: 'A token of a person',
    'first-party': FIRST_PARTY,
  }[route.access];
  const also = scopes.length === 0 ? '' : ` with the scope ${scopes.map((scope) => `\`${scope}\``).join(' or ')}`;
  const limit = route.rateLimit === 'api' ? '' : ` Counts to the limit "${route.rateLimit}".`;
  const parameters = [...pathParameters(route), ...queryParameters(route)];
  return {
    operationId: operationName(method, route.url),
    tags: [areaOf(route.url)],
    summary: route.summary,
    description: `${access}${route.access === 'public' && also ? `; whoever brings a token needs one${also}` : also}.${limit}`,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined ? {} : { requestBody: requestBody(route) }),
    responses: { 200: success(route), ...failures(route) },
    security: security(route, scopes),
  };
}

const FIRST_PARTY =
  'The browser client of this place, by the session of its cookie and the header `X-Plaza-Client: web`';

function security({ access }: Route, scopes: readonly string[]): Json[] {
  if (access === 'first-party') return [{ session: [] }];
  return access === 'public' ? [{}, { token: scopes }] : [{ token: scopes }];
}

function pathParameters(route: Route): Json[] {
  return Object.entries(route.params?.properties ?? {}).map(([name, schema]) => ({
    name: name === '*' ? 'key' : name,
    in: 'path',
    required: true,
    schema: plain(schema as TSchema),
  }));
}

function queryParameters(route: Route): Json[] {
  const required = new Set(requiredOf(route.query));
  return Object.entries(route.query?.properties ?? {}).map(([name, schema]) => {
    const list = (schema as { type?: string }).type === 'array';
    return {
      name: list ? `${name}[]` : name,
      in: 'query',
      required: required.has(name) && (schema as { default?: unknown }).default === undefined,
      schema: plain(schema as TSchema),
    };
  });
}

function requestBody(route: Route): Json {
  const schema = { $ref: `#/components/schemas/${bodyName(route)}` };
  const files = route.files?.names ?? [];
  const binary = { type: 'string', format: 'binary' };
  const form =
    files.length === 0
      ? schema
      : {
          allOf: [schema, { type: 'object', properties: Object.fromEntries(files.map((name) => [name, binary])) }],
        };
  const withoutFiles = files.includes('file')
    ? {}
    : { 'application/json': { schema }, 'application/x-www-form-urlencoded': { schema } };
  return {
    required: requiredOf(route.body).length > 0,
    content: { ...withoutFiles, 'multipart/form-data': { schema: form } },
  };
}

function operationName(method: string, url: string): string {
  const words = url.replace(/[^A-Za-z0-9]+(.)?/g, (_all, next: string | undefined) => next?.toUpperCase() ?? '');
  return `${method.toLowerCase()}${words}`;
}

function bodyName(route: Route): string {
  return `Body_${operationName(route.method, route.url)}`;
}

function success(route: Route): Json {
  const other = OTHER_TYPES[route.response];
  if (other !== undefined) return { description: 'Done', content: { [other]: {} } };
  const many = route.response.endsWith('[]');
  const ref = { $ref: `#/components/schemas/${route.response.replace('[]', '')}` };
  return {
    description: 'Done',
    content: { 'application/json': { schema: many ? { type: 'array', items: ref } : ref } },
  };
}

/** What else the route may answer, from the statuses that are expected of it. */
function failures(route: Route): Json {
  const statuses = new Set(Object.values(route.expect).filter((status) => status >= 400));
  if (route.query !== undefined || route.body !== undefined) statuses.add(422);
  statuses.add(429);
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
  return Object.fromEntries(
    [...statuses].sort().map((status) => [status, { description: MEANINGS[status]!, content }]),
  );
}

const MEANINGS: Readonly<Record<number, string>> = {
  400: 'The request is malformed',
  401: 'The token is missing or invalid',
  403: 'The token, or its person, may not do this',
  404: 'It does not exist, or the caller may not see it',
  409: 'It is taken',
  413: 'It is too large',
  422: 'A value was refused',
  429: 'Too many requests',
};

function requiredOf(schema: TObject | undefined): string[] {
  return ((schema as { required?: string[] } | undefined)?.required ?? []) as string[];
}

function areaOf(url: string): string {
  const parts = url.split('/').filter((part) => part !== '' && part !== 'api' && !/^v\d$/.test(part));
  return (parts[0] ?? 'pages').replace('.well-known', 'well-known');
}

/** A schema as plain JSON, without the keywords that only our own reader knows, and with what has a default not required. */
function plain(schema: TSchema): Json {
  return tidy(JSON.parse(JSON.stringify(schema))) as Json;
}

function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  const { [CLAMP]: _clamp, [CURSOR]: _cursor, ...rest } = value as Json;
  const properties = rest.properties as Record<string, Json> | undefined;
  if (properties !== undefined && Array.isArray(rest.required)) {
    const required = rest.required.filter((name: string) => properties[name]?.default === undefined);
    if (required.length > 0) rest.required = required;
    else delete rest.required;
  }
  return Object.fromEntries(Object.entries(rest).map(([name, inner]) => [name, tidy(inner)]));
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
