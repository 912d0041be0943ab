import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Fields that may hold a secret wherever they stand, up to three levels deep. Nobody should log them; if somebody does, the value is lost. */
const SECRET_FIELDS = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'secret',
  'clientSecret',
  'code',
];

const PLACES = ['', '*.', 'req.headers.', 'res.headers.', '*.*.'];

/** Structured logs: one JSON object a line, on standard error unless a destination is given. */
export function createLog(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  const paths = PLACES.flatMap((place) =>
    SECRET_FIELDS.map((field) => (field.startsWith('[') ? place.slice(0, -1) + field : place + field)),
  );
  return pino(
    { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, censor } },
    destination,
  );
}

/** What an error calls its kind, such as ENOSPC or not_found. Codes that let somebody in have digits, or are longer. */
const ERROR_CODE = /^[A-Za-z_]{1,40}$/;

function censor(value: unknown, path: string[]): unknown {
  return path.at(-1) === 'code' && typeof value === 'string' && ERROR_CODE.test(value) ? value : '[secret]';
}
