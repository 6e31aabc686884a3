import { BlockList, isIP } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** This machine, this link, and where clouds keep what they tell a machine about itself. */
const LOCAL_NETWORKS: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  // Alibaba, Oracle and Azure.
  ['100.100.100.200', 32],
  ['192.0.0.192', 32],
  ['168.63.129.16', 32],
];

/** As above; AWS and Google last. */
const LOCAL_NETWORKS_V6: readonly (readonly [network: string, bits: number])[] = [
  ['::', 128],
  ['::1', 128],
  ['fe80::', 10],
  ['fd00:ec2::', 32],
  ['fd20:ce::254', 128],
];

const METADATA_NAMES: readonly string[] = ['metadata', 'metadata.google.internal', 'instance-data'];

const LOCAL = createLocalList();

/** True for this machine itself: 127.0.0.0/8, ::1 and localhost, by name only; nothing is looked up. */
export function isLoopbackHost(hostname: string): boolean {
  const host = normalizeHost(hostname);
  return isNamedLocalhost(host) || isListed(LOOPBACK, host);
}

/** True for where no registry may send us to: loopback, link-local, unspecified and cloud metadata, in every spelling of IPv6 that holds an IPv4 address. */
export function isLocalAddress(hostname: string): boolean {
  const host = normalizeHost(hostname);
  return isNamedLocalhost(host) || METADATA_NAMES.includes(host) || isListed(LOCAL, host);
}

/** BlockList sees through ::ffff:0:0/96 by itself; NAT64, IPv4-compatible and 6to4 addresses have to be listed. */
function createLocalList(): BlockList {
  const list = new BlockList();
  for (const [network, bits] of LOCAL_NETWORKS_V6) list.addSubnet(network, bits, 'ipv6');
  for (const [network, bits] of LOCAL_NETWORKS) {
    list.addSubnet(network, bits, 'ipv4');
    list.addSubnet(`64:ff9b::${network}`, 96 + bits, 'ipv6');
    list.addSubnet(`::${network}`, 96 + bits, 'ipv6');
    list.addSubnet(`2002:${toGroups(network)}::`, 16 + bits, 'ipv6');
  }
  return list;
}

function toGroups(ipv4: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.split('.').map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function isNamedLocalhost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost');
}

function normalizeHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

function isListed(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4');
}
