import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RegistryError } from '../../../src/registry/error.ts';
import { isLocalAddress } from '../../../src/registry/transport/address.ts';
import { resolveAddress } from '../../../src/registry/transport/redirect.ts';
import { allow, hold, holdLong, mutate } from '../../property-runs.ts';

const from = new URL('https://r.example/v2/app/blobs/uploads/1?state=x');
const addresses = fc.constantFrom(
  ...[
    '/v2/app/blobs/uploads/2?_state=abc%2Fdef',
    '../x',
    '?digest=sha256:a',
    'https://cdn.example/blob?sig=a%2Bb&se=1',
  ],
  ...['https://r.example:443/v2/', '//cdn.example/x', 'https://user:pass@cdn.example/', 'http://cdn.example/x'],
  ...['https://127.0.0.1/', 'https://localhost./', 'https://[::ffff:7f00:1]/', 'https://169.254.169.254/latest/'],
  ...['https://0x7f.1/', 'https://2130706433/', 'https://[::1]:5000/', 'file:///etc/passwd', 'javascript:alert(1)'],
  ...[
    'https:/r.example/v2/',
    'https:\\\\127.0.0.1\\x',
    'https://127.0.0.1%00.example/',
    'https://metadata.google.internal/',
  ],
);

describe('any Location, Link or realm', () => {
  it('leads to the web, not from https to http, and not to this machine; or is refused', () => {
    hold(mutate(addresses), (text) => {
      const to = allow([RegistryError], () => resolveAddress(from, text, 'Location'));
      if (to === undefined) return;
      expect(to.protocol).toBe('https:');
      expect(isLocalAddress(to.hostname)).toBe(false);
    });
  });

  it('is resolved once and for all', () => {
    hold(mutate(addresses), (text) => {
      const to = allow([RegistryError], () => resolveAddress(from, text, 'Location'));
      if (to !== undefined) expect(resolveAddress(from, to.href, 'Location').href).toBe(to.href);
    });
  });

  it('stays with the registry when it is only a path', () => {
    hold(mutate(fc.constant('v2/app/blobs/uploads/2?_state=a%2Fb')), (text) => {
      const path = `/${text.replace(/^[/\\\s\0]+/, '')}`.replace(/[\t\n\r]/g, '').replace(/^\/[/\\]+/, '/');
      const to = allow([RegistryError], () => resolveAddress(from, path, 'Location'));
      expect(to?.origin).toBe(from.origin);
    });
  });

  it('is refused without its user info and query', () => {
    hold(
      fc.tuple(
        fc.stringMatching(/^[a-z0-9]{8,12}$/),
        addresses.filter((address) => address.includes('//')),
      ),
      ([secret, address]) => {
        const text = address
          .replace('https://', `https://u:${secret}@`)
          .concat(address.includes('?') ? '&' : '?', secret);
        try {
          resolveAddress(from, text, 'Location');
        } catch (error) {
          expect(error).toBeInstanceOf(RegistryError);
          const { message, hint, url } = error as RegistryError;
          expect(JSON.stringify([message, hint, url])).not.toContain(secret);
        }
      },
    );
  });

  it('is resolved quickly, however long', () => {
    holdLong(['/', 'https://', 'https://a', '?', '../', 'https://['], (text) => {
      allow([RegistryError], () => resolveAddress(from, text, 'Location'));
    });
  });
});
