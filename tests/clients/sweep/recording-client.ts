import { type ApiAnswer, ApiClient } from '#tests/constellation/api-client.ts';

export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly answer: ApiAnswer;
}

/** A client that notes what it asked and what it was answered. */
export class RecordingClient extends ApiClient {
  readonly #records: Recorded[];

  constructor(address: string, records: Recorded[], token?: string) {
    super(address, token);
    this.#records = records;
  }

  override withToken(token: string): RecordingClient {
    return new RecordingClient(this.address, this.#records, token);
  }

  override async send(...request: Parameters<ApiClient['send']>): Promise<ApiAnswer> {
    const answer = await super.send(...request);
    this.#records.push({ method: request[0], path: request[1], answer });
    return answer;
  }
}
