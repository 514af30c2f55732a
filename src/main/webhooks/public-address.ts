import { BlockList, isIP } from 'node:net';

/** What is not globally reachable, by IANA's registries of special-purpose addresses, and multicast. */
const NOT_PUBLIC_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Everything else is outside 2000::/3, where all global unicast addresses are. */
const NOT_PUBLIC_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const notPublicIpv4 = listOf(NOT_PUBLIC_IPV4, 'ipv4');
const notPublicIpv6 = listOf(NOT_PUBLIC_IPV6, 'ipv6');
const globalUnicast = listOf(['2000::/3'], 'ipv6');
/** Where a network translates to IPv4: the last 32 bits are the address that is reached. */
const translated = listOf(['64:ff9b::/96'], 'ipv6');

/** Whether an IP address is one that anybody on the internet could reach. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !notPublicIpv4.check(address);
    case 6:
      if (translated.check(address, 'ipv6')) return isPublicAddress(lastBitsAsIpv4(address));
      // An IPv4 address written as IPv6 (::ffff:10.0.0.1) is outside too.
      return globalUnicast.check(address, 'ipv6') && !notPublicIpv6.check(address, 'ipv6');
    default:
      return false;
  }
}

function listOf(networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function lastBitsAsIpv4(address: string): string {
  // URL writes any spelling of an IPv6 address in one way.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::').at(-1) ?? '';
  const [high = 0, low = 0] = ['0', ...groups.split(':')]
    .slice(-2)
    .map((hex) => parseInt(hex, 16) || 0);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
