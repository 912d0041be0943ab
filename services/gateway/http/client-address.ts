import ipaddr from 'ipaddr.js';

/** Checks the configured networks of proxies once, so that a slip is told at the start and not at the first request. */
export function trustedNetworks(cidrs: readonly string[]): string[] | false {
  for (const cidr of cidrs) {
    if (!ipaddr.isValid(cidr) && !ipaddr.isValidCIDR(cidr)) {
      throw new RangeError(`trusted proxy ${cidr} is neither an address nor a network such as 10.0.0.0/8`);
    }
  }
  return cidrs.length === 0 ? false : [...cidrs];
}
