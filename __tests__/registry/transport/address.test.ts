import { describe, expect, it } from '@jest/globals';
import { isLocalAddress, isLoopbackHost } from '../../../src/registry/transport/address.ts';

const hostOf = (url: string) => new URL(url).hostname;

describe('isLoopbackHost', () => {
  it.each(['127.0.0.1', '127.9.9.9', 'localhost', 'LOCALHOST', 'localhost.', 'a.localhost', '[::1]', '::1'])(
    'knows %s',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );

  it.each(['localhost.example.com', '128.0.0.1', '10.0.0.1', '169.254.1.1', 'mylocalhost'])(
    'does not take %s for it',
    (host) => {
      expect(isLoopbackHost(host)).toBe(false);
    },
  );
});

describe('isLocalAddress', () => {
  it.each([
    'http://127.0.0.1/',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://0.0.0.0/',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:169.254.169.254]/',
    'http://[fe80::1]/',
    'http://[febf::1]/',
    'http://[fd00:ec2::254]/',
    'http://[fd00:ec2::23]/',
    'http://[fd20:ce::254]/',
    'http://100.100.100.200/',
    'http://192.0.0.192/',
    'http://168.63.129.16/',
    'http://0177.0.0.1/',
    'http://0x7f000001/',
    'http://127.1/',
    'http://①②⑦.0.0.1/',
    'http://[::127.0.0.1]/',
    'http://[::ffff:100.100.100.200]/',
    'http://[64:ff9b::127.0.0.1]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[64:ff9b::100.100.100.200]/',
    'http://[2002:7f00:1::1]/',
    'http://[2002:a9fe:a9fe::]/',
    'http://metadata.google.internal/',
    'http://localhost:5000/',
  ])('refuses %s, however it is written', (url) => {
    expect(isLocalAddress(hostOf(url))).toBe(true);
  });

  it('sees an address behind its zone, as name services write it', () => {
    expect(isLocalAddress('fe80::1%eth0')).toBe(true);
  });

  it.each([
    'https://10.1.2.3/',
    'https://192.168.0.1/',
    'https://registry.test/',
    'https://[2001:db8::1]/',
    'https://[fec0::1]/',
    'https://[64:ff9b::10.0.0.1]/',
    'https://[64:ff9b::203.0.113.9]/',
    'https://[2002:cb00:7109::1]/',
    'https://[::ffff:10.1.2.3]/',
    'https://100.100.100.201/',
    'https://168.63.129.17/',
  ])('allows %s: registries live in private networks', (url) => {
    expect(isLocalAddress(hostOf(url))).toBe(false);
  });
});
