import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isLocalAddress } from './address.ts';

/** A name a registry sent us to turned out to be this machine; not retried. */
export class LocalAddressError extends Error {
  readonly hostname: string;
  readonly address: string;

  constructor(hostname: string, address: string) {
    super(`${hostname} is at ${address}`);
    this.name = 'LocalAddressError';
    this.hostname = hostname;
    this.address = address;
  }
}

/** A lookup that fails with LocalAddressError when any address of a name is local. It is the one a connection is made with, so a second answer of the name service changes nothing. */
export function guardLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found, family) => {
      if (error !== null) return callback(error, options.all === true ? [] : '');
      const addresses: readonly LookupAddress[] =
        typeof found === 'string' ? [{ address: found, family: family ?? 4 }] : found;
      const local = addresses.find(({ address }) => isLocalAddress(address));
      if (local !== undefined) return callback(new LocalAddressError(hostname, local.address), []);
      const [first] = addresses;
      if (options.all === true || first === undefined) return callback(null, [...addresses]);
      return callback(null, first.address, first.family);
    });
  };
}
