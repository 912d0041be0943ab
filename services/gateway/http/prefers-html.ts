/** Addresses that only programs ask: they get JSON whatever else their HTTP library says it accepts. */
const OF_PROGRAMS = /^\/(api|oauth\/(token|revoke|userinfo)|\.well-known|nodeinfo)(\/|\?|$)/;

/** Whether a person in a browser asks, who should be told in a page what went wrong. `accept`: the request's header. */
export function prefersHtml(accept: string | undefined, url: string): boolean {
  if (accept === undefined || OF_PROGRAMS.test(url)) return false;
  const weights = new Map(accept.slice(0, 1_000).split(',').map(weightOf));
  const html = weights.get('text/html') ?? 0;
  const json = weights.get('application/json') ?? weights.get('application/*') ?? weights.get('*/*') ?? 0;
  return html > 0 && html >= json;
}

function weightOf(range: string): [type: string, weight: number] {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return [type, weight === undefined ? 1 : Number(weight) || 0];
}
