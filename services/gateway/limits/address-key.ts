import ipaddr from 'ipaddr.js';

/** What an address counts as: an IPv4 address alone, an IPv6 address as its network of 64 bits, since one person has a whole one. */
export function addressKey(address: string): string {
  if (!address.includes(':')) return address;
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const groups = (parsed as ipaddr.IPv6).parts.slice(0, 4).map((group) => group.toString(16));
  return `${groups.join(':')}::/64`;
}
