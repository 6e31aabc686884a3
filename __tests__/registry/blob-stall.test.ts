import { afterEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../lab/registry/faults.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { createRecordingClient } from './recording-client.ts';

const content = Buffer.from(Array.from({ length: 50_000 }, (_, i) => i % 251));
const blob = { digest: digestOf(content), size: content.length };

const open: LabRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((registry) => registry.close()));
});

async function read(fault: Fault) {
  const registry = await startRegistry({ faults: [{ method: 'GET', path: /blobs/, ...fault }] });
  open.push(registry);
  await fetch(`${registry.url}/v2/app/blobs/uploads/?digest=${blob.digest}`, { method: 'POST', body: content });
  const { client } = createRecordingClient({ timeouts: { body: 100 }, retry: { attempts: 2 } });
  const bytes = client.readBlob(parseRepository(`${registry.host}/app`), blob, blob.size);
  await bytes.catch(() => undefined);
  return { bytes, ranges: registry.log.find('GET', /blobs/).map(({ range }) => range) };
}

describe('a body that stalls', () => {
  it('is continued where it stopped', async () => {
    const { bytes, ranges } = await read({ times: 1, stallAfterBytes: 20_000 });
    expect(content.equals(await bytes)).toBe(true);
    expect(ranges).toEqual([undefined, 'bytes=20000-']);
  });

  it('is given up when it stalls each time', async () => {
    const { bytes, ranges } = await read({ stallAfterBytes: 0 });
    await expect(bytes).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(ranges).toHaveLength(2);
  });
});

describe('a body of the right length', () => {
  it('fails when bytes in it are others', async () => {
    const { bytes } = await read({ corruptBytes: 3 });
    await expect(bytes).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  });
});
