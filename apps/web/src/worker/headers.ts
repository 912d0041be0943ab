/** What was said of the way here, and not of the text itself: it is not packed any more. */
const OF_THE_WAY = ['content-encoding', 'content-length', 'transfer-encoding', 'vary'];

export function headersOf(answer: Response): Headers {
  const headers = new Headers(answer.headers);
  for (const name of OF_THE_WAY) headers.delete(name);
  return headers;
}
