import { describe, expect, it } from '@jest/globals';
import { startRegistry } from '../../../lab/registry/server.ts';

describe('a registry', () => {
  it('says that it speaks the protocol', async () => {
    const registry = await startRegistry();
    const answer = await fetch(`${registry.url}/v2/`);
    expect([answer.status, answer.headers.get('docker-distribution-api-version')]).toEqual([200, 'registry/2.0']);
    await registry.close();
  });

  it.each([
    ['/v2/UPPER/tags/list', 400],
    ['/v2/a//b/manifests/1', 400],
    ['/v1/', 404],
    ['/v2/_catalog', 404],
    ['/v2/blobs/manifests/tags/list', 404],
    ['/v2/a%zz/tags/list', 400],
    ['/v2/a/manifests/%', 400],
    ['/v2/%61/tags/list', 404],
    ['/v2/a/blobs/uploads-1', 400],
  ])('answers %s with %d', async (path, status) => {
    const registry = await startRegistry();
    expect((await fetch(`${registry.url}${path}`)).status).toBe(status);
    await registry.close();
  });

  it.each([
    ['POST', '/v2/', 'GET, HEAD'],
    ['POST', '/v2/a/tags/list', 'GET, HEAD'],
    ['DELETE', `/v2/a/referrers/sha256:${'0'.repeat(64)}`, 'GET, HEAD'],
    ['PUT', `/v2/a/blobs/sha256:${'0'.repeat(64)}`, 'GET, HEAD, DELETE'],
    ['PATCH', '/v2/a/manifests/1', 'GET, HEAD, PUT, DELETE'],
    ['GET', '/v2/a/blobs/uploads/', 'POST'],
    ['POST', '/v2/a/blobs/uploads/some-session', 'GET, PATCH, PUT, DELETE'],
  ])('has no %s for %s, and says what it has', async (method, path, allowed) => {
    const registry = await startRegistry();
    const answer = await fetch(`${registry.url}${path}`, { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allowed]);
    await registry.close();
  });

  it('stops at once, also while a request waits', async () => {
    const arrived = Promise.withResolvers<void>();
    const before = (): Promise<void> => {
      arrived.resolve();
      return new Promise(() => {});
    };
    const registry = await startRegistry({ faults: [{ before }] });
    const refused = expect(fetch(`${registry.url}/v2/`)).rejects.toThrow();
    await arrived.promise;
    await registry.close();
    await refused;
  });
});
