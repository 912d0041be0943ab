import type { ServiceApi, ServiceContract } from './contract.ts';

/** Finds other services. A client may be asked for before the service has started; a call then waits for nothing and fails as unavailable. */
export interface ServiceDirectory {
  client<C extends ServiceContract>(contract: C): ServiceApi<C>;
}
