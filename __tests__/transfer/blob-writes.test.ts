import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { createLayout, type Layout } from '../../src/transfer/layout.ts';

const BYTES = Buffer.alloc(3_000_000, 'layer ');
const DIGEST = digestOf(BYTES);
const never = new AbortController().signal;
let directory: string;
let layout: Layout;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'promote-image-writes-'));
  layout = await createLayout(directory);
});
afterEach(() => rm(directory, { recursive: true }));

const listBlobs = () => readdir(join(directory, 'blobs', 'sha256'));
const next = async (stream: AsyncIterator<Buffer>): Promise<Buffer> => (await stream.next()).value as Buffer;

describe('a blob that is followed', () => {
  it('is handed out while it still comes', async () => {
    const source = new PassThrough();
    const written = layout.write(DIGEST, source);
    const reader = layout.follow(DIGEST, never)[Symbol.asyncIterator]();
    source.write(BYTES.subarray(0, 1000));
    expect(await next(reader)).toEqual(BYTES.subarray(0, 1000));
    source.write(BYTES.subarray(1000, 1500));
    expect(await next(reader)).toEqual(BYTES.subarray(1000, 1500));
    source.end();
    expect((await reader.next()).done).toBe(true);
    await written;
  });

  it('is read from its start by everyone who opens it, whenever', async () => {
    const early = buffer(layout.follow(DIGEST, never));
    const source = new PassThrough();
    const written = layout.write(DIGEST, source);
    source.write(BYTES.subarray(0, 2_000_000));
    const late = buffer(layout.follow(DIGEST, never));
    source.end(BYTES.subarray(2_000_000));
    await written;
    for (const bytes of await Promise.all([early, late, buffer(layout.follow(DIGEST, never))])) {
      expect(bytes.equals(BYTES)).toBe(true);
    }
  });

  it('fails when its writer fails, after what had come', async () => {
    const source = new PassThrough();
    const written = layout.write(DIGEST, source);
    const reader = layout.follow(DIGEST, never)[Symbol.asyncIterator]();
    source.write('start');
    expect(String(await next(reader))).toBe('start');
    source.destroy(new Error('connection lost'));
    await expect(written).rejects.toThrow('connection lost');
    await expect(reader.next()).rejects.toThrow('connection lost');
  });

  it('is waited for until the signal fires when nobody writes it', async () => {
    const controller = new AbortController();
    const reading = buffer(layout.follow(DIGEST, controller.signal));
    setTimeout(() => controller.abort(), 20);
    await expect(reading).rejects.toThrow(/abort/);
  });
});

describe('two writers of one blob', () => {
  it('do not meet, and leave one whole file', async () => {
    const slow = new PassThrough();
    const first = layout.write(DIGEST, slow);
    slow.write(BYTES.subarray(0, 10));
    await layout.write(DIGEST, Readable.from([BYTES]));
    slow.end(BYTES.subarray(10));
    await first;
    expect((await buffer(layout.open(DIGEST))).equals(BYTES)).toBe(true);
    expect(await listBlobs()).toHaveLength(1);
  });

  it('leave what the other wrote when one fails', async () => {
    await layout.writeBytes(DIGEST, BYTES);
    const broken = new PassThrough();
    const failing = layout.write(DIGEST, broken);
    broken.destroy(new Error('connection lost'));
    await expect(failing).rejects.toThrow('connection lost');
    expect((await buffer(layout.open(DIGEST))).equals(BYTES)).toBe(true);
  });
});

it('tells how many bytes were written, piece by piece', async () => {
  let sum = 0;
  await layout.write(DIGEST, Readable.from([BYTES.subarray(0, 7), BYTES.subarray(7)]), (bytes) => {
    sum += bytes;
  });
  expect(sum).toBe(BYTES.length);
});

it('ends the stream where the file cannot be made', async () => {
  await rm(join(directory, 'blobs'), { recursive: true });
  await writeFile(join(directory, 'blobs'), '');
  const source = new PassThrough();
  await expect(layout.write(DIGEST, source)).rejects.toMatchObject({ code: 'ENOTDIR' });
  expect(source.destroyed).toBe(true);
});
