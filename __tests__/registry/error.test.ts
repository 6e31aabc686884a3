import { describe, expect, it } from '@jest/globals';
import { RegistryError } from '../../src/registry/error.ts';

describe('RegistryError', () => {
  it('carries no secret of the address it is about', () => {
    const url = new URL('https://user:pass@registry.test/v2/x?sig=secret#frag');
    const error = new RegistryError('UNAVAILABLE', `no answer from ${url}`, { url, method: 'GET', status: 503 });
    expect(JSON.stringify([error.message, error.url])).not.toMatch(/pass|secret|frag/);
    expect(error).toMatchObject({
      code: 'UNAVAILABLE',
      url: 'https://registry.test/v2/x',
      method: 'GET',
      status: 503,
      diagnostics: [],
    });
  });
});
