import { policies, types } from 'cassandra-driver';

type Decision = policies.retry.DecisionInfo;
type Info = policies.retry.OperationInfo;

/**
 * Once more and no further, so that a caller learns within the deadline of its call. That is allowed because every request may be repeated: reads change nothing,
 * and a write of a version is the same however often it lands.
 */
export class OnceMore extends policies.retry.RetryPolicy {
  readonly #told: () => void;

  constructor(told: () => void) {
    super();
    this.#told = told;
  }

  /** Another server may know of replicas that this one believes to be down. */
  override onUnavailable(info: Info, consistency: types.consistencies): Decision {
    return this.#onceMore(info, consistency, false);
  }

  override onReadTimeout(info: Info, consistency: types.consistencies): Decision {
    return this.#onceMore(info, consistency, true);
  }

  override onWriteTimeout(info: Info, consistency: types.consistencies): Decision {
    return this.#onceMore(info, consistency, true);
  }

  /** The server did not answer, broke the connection or is overloaded: the next one is asked. */
  override onRequestError(info: Info, consistency: types.consistencies | undefined): Decision {
    return this.#onceMore(info, consistency ?? types.consistencies.localQuorum, false);
  }

  #onceMore(info: Info, consistency: types.consistencies, sameServer: boolean): Decision {
    if (info.nbRetry > 0) return this.rethrowResult();
    this.#told();
    return this.retryResult(consistency, sameServer);
  }
}
