import { hash } from 'node:crypto';
import { escapeHtml } from '../present/html.ts';

interface Operation {
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, Reply>>;
}

/** An answer, or where in the document it is described. */
interface Reply {
  readonly $ref?: string;
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Schema {
  readonly type?: string;
  readonly $ref?: string;
  readonly format?: string;
  readonly description?: string;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

export interface ApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, Reply>>;
  };
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--faint:#5b6573;--paper:#fff;--card:#f5f6f8;--line:#dde1e7;--link:#1d4fd7}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ee;--faint:#9aa5b4;--paper:#14171b;--card:#1c2026;--line:#313842;--link:#8fb0ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:2rem 1rem 4rem;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
h1{margin:0 0 .25rem;font-size:1.75rem}h2{margin:2.5rem 0 .75rem;font-size:1.1rem}
p{margin:.35rem 0}a{color:var(--link)}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:1.5rem 0}
details{margin:.3rem 0;border:1px solid var(--line);border-radius:8px;background:var(--card)}
summary{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;padding:.55rem .8rem;cursor:pointer}
summary:focus-visible,a:focus-visible{outline:2px solid var(--link);outline-offset:2px}
summary b{min-width:4rem;font-size:.8rem}summary span{color:var(--faint)}
details>div{padding:0 .8rem .8rem}
code{font:0.9em ui-monospace,monospace;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;margin:.5rem 0}
th,td{padding:.3rem .6rem .3rem 0;border-top:1px solid var(--line);text-align:left;vertical-align:top}
th{font-weight:600}
`;

/** Allows exactly the style above and nothing else. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${hash('sha256', STYLE, 'base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The document as a page that needs no script: one fold for each operation and each shape. */
export function documentPage(document: ApiDocument): string {
  const areas = new Map<string, string[]>();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const area = operation.tags[0] ?? '';
      areas.set(area, [...(areas.get(area) ?? []), operationHtml(method, path, operation, document)]);
    }
  }
  const names = [...areas.keys()].sort();
  const shapes = Object.entries(document.components.schemas).filter(([name]) => !name.startsWith('Body_'));
  const title = escapeHtml(document.info.title);
  const links = names.map((name) => `<a href="#${escapeHtml(name)}">${escapeHtml(name)}</a>`);
  const sections = names.map(
    (name) => `<h2 id="${escapeHtml(name)}">${escapeHtml(name)}</h2>${areas.get(name)!.join('')}`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} API</title><style>${STYLE}</style></head>
<body><header><h1>${title} API</h1>
<p>${escapeHtml(document.info.description)} Version ${escapeHtml(document.info.version)}. <a href="/api/openapi.json">As OpenAPI</a>.</p></header>
<nav aria-label="Areas">${links.join(' ')} <a href="#shapes">shapes</a></nav>
<main>${sections.join('')}
<h2 id="shapes">Shapes</h2>${shapes.map(([name, schema]) => shapeHtml(name, schema)).join('')}</main></body></html>
`;
}

function operationHtml(method: string, path: string, operation: Operation, { components }: ApiDocument): string {
  const fields = bodyFields(Object.values(operation.requestBody?.content ?? {}).at(-1)?.schema, components.schemas);
  const rows = [
    ...(operation.parameters ?? []).map((one) => row(one.name, one.in, one.schema, one.required === true)),
    ...fields.map(([name, schema, required]) => row(name, 'body', schema, required)),
  ];
  const answers = Object.entries(operation.responses).map(([status, reply]) => {
    const { description = '', content } = reply.$ref === undefined ? reply : (components.responses[status] ?? {});
    const schema = Object.values(content ?? {})[0]?.schema;
    return `<tr><td><code>${escapeHtml(status)}</code></td><td>${escapeHtml(description)}</td><td>${typeHtml(schema)}</td></tr>`;
  });
  const words = [escapeHtml(method.toUpperCase()), escapeHtml(path), escapeHtml(operation.summary)];
  return (
    `<details><summary><b>${words[0]}</b><code>${words[1]}</code><span>${words[2]}</span></summary>` +
    `<div><p>${escapeHtml(operation.description).replace(/`([^`]+)`/g, '<code>$1</code>')}</p>` +
    (rows.length === 0 ? '' : `<table><tr><th>Parameter</th><th>In</th><th>Type</th></tr>${rows.join('')}</table>`) +
    `<table><tr><th>Status</th><th>Meaning</th><th>Answer</th></tr>${answers.join('')}</table></div></details>`
  );
}

/** The fields of a body: of the schema it refers to, and of those it is made of. */
function bodyFields(
  schema: Schema | undefined,
  schemas: Readonly<Record<string, Schema>>,
): [name: string, schema: Schema, required: boolean][] {
  if (schema === undefined) return [];
  if (schema.$ref !== undefined) return bodyFields(schemas[schema.$ref.split('/').at(-1)!], schemas);
  if (schema.allOf !== undefined) return schema.allOf.flatMap((part) => bodyFields(part, schemas));
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, field]) => [name, field, required.has(name)]);
}

function row(name: string, where: string, schema: Schema, required: boolean): string {
  return `<tr><td><code>${escapeHtml(name)}</code>${required ? ' (required)' : ''}</td><td>${escapeHtml(where)}</td><td>${typeHtml(schema)}</td></tr>`;
}

function shapeHtml(name: string, schema: Schema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([field, inner]) => row(field, '', inner, false));
  return `<details id="shape-${escapeHtml(name)}"><summary><code>${escapeHtml(name)}</code></summary><div><table>${rows.join('')}</table></div></details>`;
}

function typeHtml(schema: Schema | undefined): string {
  if (schema === undefined) return '';
  if (schema.$ref !== undefined) {
    const name = escapeHtml(schema.$ref.split('/').at(-1)!);
    return `<a href="#shape-${name}">${name}</a>`;
  }
  if (schema.const !== undefined) return `<code>${escapeHtml(String(schema.const))}</code>`;
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeHtml).join(' or ');
  if (schema.type === 'array') return `list of ${typeHtml(schema.items) || 'anything'}`;
  return escapeHtml([schema.type, schema.format, schema.description].filter(Boolean).join(', '));
}
