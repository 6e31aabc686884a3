import { BlockList, isIP } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

const LOCAL = new BlockList();
LOCAL.addSubnet('127.0.0.0', 8, 'ipv4');
LOCAL.addSubnet('0.0.0.0', 8, 'ipv4');
LOCAL.addSubnet('169.254.0.0', 16, 'ipv4');
LOCAL.addAddress('::', 'ipv6');
LOCAL.addAddress('::1', 'ipv6');
LOCAL.addSubnet('fe80::', 10, 'ipv6');
LOCAL.addAddress('fd00:ec2::254', 'ipv6');

const METADATA_NAMES: readonly string[] = ['metadata', 'metadata.google.internal', 'instance-data'];

/** True for this machine itself: 127.0.0.0/8, ::1 and localhost, by name only; nothing is looked up. */
export function isLoopbackHost(hostname: string): boolean {
  const host = normalizeHost(hostname);
  return isNamedLocalhost(host) || isListed(LOOPBACK, host);
}

/** True for addresses no registry may send us to: loopback, link-local (cloud metadata) and unspecified ones. */
export function isLocalAddress(hostname: string): boolean {
  const host = normalizeHost(hostname);
  return isNamedLocalhost(host) || METADATA_NAMES.includes(host) || isListed(LOCAL, host);
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
