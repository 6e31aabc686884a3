import { describe, expect, it } from '@jest/globals';
import { maskProxyLogins, readProxy } from '../../../src/host/machine/proxy.ts';
import { makeLog } from '../../tool/fixture.ts';

describe('readProxy', () => {
  it('reads the usual variables, lower case first', () => {
    const env = {
      HTTPS_PROXY: 'http://upper:1',
      https_proxy: 'http://lower:1',
      HTTP_PROXY: 'http://h:1',
      no_proxy: 'x',
    };
    expect(readProxy(env)).toEqual({ httpsProxy: 'http://lower:1', httpProxy: 'http://h:1', noProxy: 'x' });
  });

  it('takes an empty variable for none', () => {
    expect(readProxy({ https_proxy: '', HTTPS_PROXY: ' ', NO_PROXY: '' })).toEqual({});
  });

  it.each([
    ['proxy.test:3128', 'http://proxy.test:3128'],
    ['u:p@10.0.0.1:3128', 'http://u:p@10.0.0.1:3128'],
    ['https://proxy.test/', 'https://proxy.test/'],
    ['socks5://proxy.test:1080', 'socks5://proxy.test:1080'],
    [' http://proxy.test ', 'http://proxy.test'],
  ])('takes %j for %s', (text, httpsProxy) => {
    expect(readProxy({ HTTPS_PROXY: text })).toEqual({ httpsProxy });
  });

  it.each([
    ['what is no address', 'http://u:s3cret@[x'],
    ['another scheme', 'ftp://u:s3cret@proxy.test'],
    ['a password with a slash in it', 'http://u:s3c/ret@proxy.test:3128'],
    ['a password with a percent sign in it', 'http://u:s3cret%zz@proxy.test:3128'],
    ['a path', 'http://proxy.test/s3cret'],
  ])('refuses %s as wrong use, and does not quote it', (_, text) => {
    const read = () => readProxy({ https_proxy: text, HTTP_PROXY: text });
    expect(read).toThrow(/variable HTTP_PROXY: .*\nvariable HTTPS_PROXY: .*percent-encoded/);
    expect(read).toThrow(expect.objectContaining({ message: expect.not.stringContaining('s3c') }));
  });
});

describe('maskProxyLogins', () => {
  it('masks the password as it is written, as it is meant, and as it is sent', () => {
    const masked: string[] = [];
    const log = { ...makeLog(), mask: (secret: string) => void masked.push(secret) };
    maskProxyLogins({ httpProxy: 'http://a.test', httpsProxy: 'http://u:p%40ss@b.test' }, log);
    expect(masked).toEqual(['p%40ss', 'p@ss', Buffer.from('u:p@ss').toString('base64')]);
  });
});
