import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { digestHex, digestOf, parseDigest } from '../../src/image/digest.ts';
import { createLayout, type Layout, requireSpace } from '../../src/transfer/layout.ts';

const BYTES = Buffer.from('layer');
const DIGEST = digestOf(BYTES);
let directory: string;
let layout: Layout;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'promote-image-layout-'));
  layout = await createLayout(directory);
});
afterEach(() => rm(directory, { recursive: true }));

const listBlobs = () => readdir(join(directory, 'blobs', 'sha256'));

describe('a layout', () => {
  it('says which version of the specification it follows', async () => {
    expect(JSON.parse(await readFile(join(directory, 'oci-layout'), 'utf8'))).toEqual({ imageLayoutVersion: '1.0.0' });
  });

  it('keeps bytes under algorithm and hex', async () => {
    await layout.writeBytes(DIGEST, BYTES);
    expect(await readFile(join(directory, 'blobs', 'sha256', digestHex(DIGEST)))).toEqual(BYTES);
    const long = parseDigest(`sha512:${createHash('sha512').update(BYTES).digest('hex')}`);
    await layout.writeBytes(long, BYTES);
    expect(await readFile(join(directory, 'blobs', 'sha512', digestHex(long)))).toEqual(BYTES);
  });

  it('keeps a stream and gives it back', async () => {
    await layout.write(DIGEST, Readable.from([BYTES.subarray(0, 2), BYTES.subarray(2)]));
    const chunks: Buffer[] = [];
    for await (const chunk of layout.open(DIGEST)) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks)).toEqual(BYTES);
    expect(Buffer.from(await layout.read(DIGEST))).toEqual(BYTES);
  });

  it('shows a blob only once it is complete', async () => {
    const seen: (readonly string[])[] = [];
    const stream = Readable.from(
      (async function* () {
        yield BYTES.subarray(0, 2);
        seen.push(await listBlobs());
        yield BYTES.subarray(2);
      })(),
    );
    await layout.write(DIGEST, stream);
    expect(seen).toHaveLength(1);
    expect(seen.flat()).not.toContain(digestHex(DIGEST));
    expect(await listBlobs()).toEqual([digestHex(DIGEST)]);
  });

  it('leaves nothing of a stream that failed', async () => {
    const stream = Readable.from(
      (async function* () {
        yield BYTES;
        throw new Error('connection lost');
      })(),
    );
    await expect(layout.write(DIGEST, stream)).rejects.toThrow('connection lost');
    expect(await listBlobs()).toEqual([]);
  });

  it('may be given the same bytes again', async () => {
    await layout.writeBytes(DIGEST, BYTES);
    await layout.writeBytes(DIGEST, BYTES);
    expect(await listBlobs()).toEqual([digestHex(DIGEST)]);
  });

  it('notices when small content was changed on the disk', async () => {
    await layout.writeBytes(DIGEST, BYTES);
    await writeFile(layout.path(DIGEST), 'other');
    await expect(layout.read(DIGEST)).rejects.toMatchObject({ code: 'MISSING_CONTENT' });
  });

  it('fails to open what was never written', async () => {
    await expect(layout.read(DIGEST)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('requireSpace', () => {
  it('passes for what fits', async () => {
    await expect(requireSpace(directory, 1, 'The image')).resolves.toBeUndefined();
  });

  it('fails before anything is read for what cannot fit, and says where and how much', async () => {
    await expect(requireSpace(directory, 2 ** 60, 'The image')).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringMatching(/^The image needs \d+ MB in .*, which has \d+ MB free$/),
      hint: expect.stringContaining('work-dir'),
    });
  });
});
