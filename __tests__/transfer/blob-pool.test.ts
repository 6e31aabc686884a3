import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import type { Descriptor } from '../../src/image/manifest.ts';
import { BlobPool } from '../../src/transfer/blob-pool.ts';
import { createLayout } from '../../src/transfer/layout.ts';
import { openRoom, type TransferRoom } from './transfer-room.ts';

const BYTES = Buffer.alloc(20_000, 'layer ');
const blob: Descriptor = {
  digest: digestOf(BYTES),
  size: BYTES.length,
  mediaType: 'application/octet-stream',
  annotations: {},
};
let pool: BlobPool;
beforeEach(() => {
  pool = new BlobPool();
});

describe('a blob that several images need', () => {
  it('is fetched once, however many ask', async () => {
    let loads = 0;
    const load = async () => void loads++;
    await Promise.all([pool.fetch(blob, load), pool.fetch(blob, load)]);
    await pool.fetch(blob, load);
    expect(loads).toBe(1);
  });

  it('is fetched by the next who asked when the first failed, who alone hears of it', async () => {
    const { promise, reject } = Promise.withResolvers<void>();
    let loads = 0;
    const first = pool.fetch(blob, () => promise);
    const others = [1, 2].map(() => pool.fetch(blob, async () => void loads++));
    reject(new Error('cancelled'));
    await expect(first).rejects.toThrow('cancelled');
    await Promise.all(others);
    expect(loads).toBe(1);
  });

  it('is another one where an image is wrong about its size', async () => {
    await pool.fetch(blob, async () => {});
    const wrong = pool.fetch({ ...blob, size: 1 }, () => Promise.reject(new Error('SIZE_MISMATCH')));
    await expect(wrong).rejects.toThrow('SIZE_MISMATCH');
  });
});

describe('a hold', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'promote-image-pool-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('keeps a blob on disk until nobody holds it, and then it is fetched again', async () => {
    const layout = await createLayout(directory);
    let loads = 0;
    const load = async (): Promise<void> => {
      loads++;
      await layout.writeBytes(blob.digest, BYTES);
    };
    const holds = [pool.hold([blob, blob], layout), pool.hold([blob], layout)];
    await pool.fetch(blob, load);
    await holds[0]?.release();
    await holds[0]?.release();
    await access(layout.path(blob.digest));
    await holds[1]?.release();
    await expect(access(layout.path(blob.digest))).rejects.toMatchObject({ code: 'ENOENT' });
    await pool.fetch(blob, load);
    expect(loads).toBe(2);
  });
});

describe('a blob that several repositories of a registry need', () => {
  let room: TransferRoom;
  beforeEach(async () => {
    room = await openRoom();
  });
  afterEach(() => room.close());
  let opened = 0;
  const push = (path: string) =>
    pool.push(
      room.client,
      room.repository(path),
      blob,
      () => {
        opened++;
        return Readable.from([BYTES]);
      },
      {},
    );
  const verbs = () => room.registry.log.entries.map(({ method }) => method);

  it('is uploaded once, and mounted from there by all who waited', async () => {
    opened = 0;
    const results = await Promise.all(['prod/a', 'prod/b', 'prod/c'].map(push));
    expect(results).toEqual(['uploaded', 'mounted', 'mounted']);
    expect(opened).toBe(1);
    for (const path of ['prod/a', 'prod/b', 'prod/c']) {
      expect(room.registry.read(path, blob.digest)?.equals(BYTES)).toBe(true);
    }
  });

  it('is not asked for again where it was put, until that is forgotten', async () => {
    await push('prod/a');
    room.registry.log.clear();
    expect(await push('prod/a')).toBe('present');
    expect(verbs()).toEqual([]);
    pool.forget(room.repository('prod/a'));
    expect(await push('prod/a')).toBe('present');
    expect(verbs()).toEqual(['HEAD']);
  });

  it('is uploaded by the next when the first could not', async () => {
    const failing = pool.push(
      room.client,
      room.repository('prod/a'),
      blob,
      () => Readable.from([Buffer.from('other')]),
      {},
    );
    const next = push('prod/b');
    await expect(failing).rejects.toMatchObject({ code: 'SIZE_MISMATCH' });
    expect(await next).toBe('uploaded');
  });
});
