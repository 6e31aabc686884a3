import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../lab/registry/digest.ts';
import { type LabRegistry, startRegistry } from '../../../lab/registry/server.ts';
import type { UploadRules } from '../../../lab/registry/uploads.ts';

const BYTES = 'abcdefghij';
const DIGEST = digestOf(BYTES);

let registry: LabRegistry;
beforeEach(async () => {
  registry = await startRegistry();
});
afterEach(() => registry.close());

const send = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, `${registry.url}/v2/app/web/`), { method, headers, ...(body === undefined ? {} : { body }) });
const placeOf = (answer: Response): string => answer.headers.get('location') ?? '';
const finish = (place: string, digest = DIGEST, body?: string) => send('PUT', `${place}&digest=${digest}`, body);

describe('an upload', () => {
  it('is one POST with a digest', async () => {
    const answer = await send('POST', `blobs/uploads/?digest=${DIGEST}`, BYTES);
    expect([answer.status, placeOf(answer)]).toEqual([201, `/v2/app/web/blobs/${DIGEST}`]);
    expect(registry.read('app/web', DIGEST)?.toString()).toBe(BYTES);
  });

  it('is a POST and a PUT', async () => {
    const opened = await send('POST', 'blobs/uploads/');
    expect(opened.status).toBe(202);
    expect((await finish(placeOf(opened), DIGEST, BYTES)).status).toBe(201);
    expect(registry.hasBlob('app/web', DIGEST)).toBe(true);
  });

  it('takes chunks in order, and tells how far it is', async () => {
    const opened = await send('POST', 'blobs/uploads/');
    const first = await send('PATCH', placeOf(opened), BYTES.slice(0, 4), { 'Content-Range': '0-3' });
    expect([first.status, first.headers.get('range')]).toEqual([202, '0-3']);
    const wrong = await send('PATCH', placeOf(first), 'xx', { 'Content-Range': '6-7' });
    expect([wrong.status, wrong.headers.get('range')]).toEqual([416, '0-3']);
    const status = await send('GET', placeOf(first));
    expect([status.status, status.headers.get('range')]).toEqual([204, '0-3']);
    const second = await send('PATCH', placeOf(status), BYTES.slice(4), { 'Content-Range': '4-9' });
    expect((await finish(placeOf(second))).status).toBe(201);
  });

  it('is known only by its newest Location', async () => {
    const opened = await send('POST', 'blobs/uploads/');
    await send('PATCH', placeOf(opened), 'abc');
    expect((await send('PATCH', placeOf(opened), 'def')).status).toBe(404);
  });

  it('is refused when the bytes do not have the digest, and stores nothing', async () => {
    const opened = await send('POST', 'blobs/uploads/');
    expect((await finish(placeOf(opened), DIGEST, 'other')).status).toBe(400);
    expect(registry.hasBlob('app/web', DIGEST)).toBe(false);
  });

  it('that is cancelled leaves nothing: no session, no repository, no upload in the log', async () => {
    const opened = await send('POST', 'blobs/uploads/');
    expect(registry.openUploads()).toBe(1);
    expect((await send('DELETE', placeOf(opened))).status).toBe(204);
    expect(registry.openUploads()).toBe(0);
    expect((await send('GET', 'tags/list')).status).toBe(404);
    expect(registry.log.uploads()).toEqual([]);
  });
});

describe('a mount', () => {
  beforeEach(async () => {
    await fetch(`${registry.url}/v2/other/blobs/uploads/?digest=${DIGEST}`, { method: 'POST', body: BYTES });
    registry.log.clear();
  });

  it('takes a blob from the repository that has it', async () => {
    const answer = await send('POST', `blobs/uploads/?mount=${DIGEST}&from=other`);
    expect([answer.status, answer.headers.get('docker-content-digest')]).toEqual([201, DIGEST]);
    expect(registry.hasBlob('app/web', DIGEST)).toBe(true);
    expect(registry.log.uploads()).toHaveLength(1);
  });

  it.each(['', '&from=empty'])(
    'becomes an ordinary upload when the source does not have the blob (%j)',
    async (from) => {
      const answer = await send('POST', `blobs/uploads/?mount=${DIGEST}${from}`);
      expect(answer.status).toBe(202);
      expect(registry.log.uploads()).toEqual([]);
      expect((await finish(placeOf(answer), DIGEST, BYTES)).status).toBe(201);
    },
  );
});

describe('the request log', () => {
  it('counts what carried content', async () => {
    await send('POST', `blobs/uploads/?digest=${DIGEST}`, BYTES);
    await send('GET', `blobs/${DIGEST}`, undefined, { Range: 'bytes=2-4' });
    await send('GET', `blobs/${digestOf('no')}`);
    expect(registry.log.uploads().map((entry) => [entry.method, entry.requestBytes])).toEqual([['POST', 10]]);
    expect(registry.log.blobReads(DIGEST)).toMatchObject([{ range: 'bytes=2-4', responseBytes: 3, status: 206 }]);
    expect(registry.log.blobReads()).toHaveLength(1);
  });
});

describe('a registry with rules for uploads', () => {
  const open = async (uploads: UploadRules) => {
    await registry.close();
    registry = await startRegistry({ uploads });
    return send('POST', 'blobs/uploads/');
  };
  const patch = (answer: Response, text: string, start: number) =>
    send('PATCH', placeOf(answer), text, { 'Content-Range': `${start}-${start + text.length - 1}` });

  it('asks for chunks of a length, takes a shorter one as the last, and no other after it', async () => {
    const opened = await open({ minChunkBytes: 4 });
    expect(opened.headers.get('oci-chunk-min-length')).toBe('4');
    const first = await patch(opened, 'abcd', 0);
    const short = await patch(first, 'ef', 4);
    expect([first.status, short.status, short.headers.get('range')]).toEqual([202, 202, '0-5']);
    const late = await patch(short, 'ghij', 6);
    expect([late.status, late.headers.get('range')]).toEqual([416, '0-5']);
    expect((await finish(placeOf(late), digestOf('abcdefgh'), 'gh')).status).toBe(416);
    expect((await finish(placeOf(late), digestOf('abcdef'))).status).toBe(201);
  });

  it('refuses a request that is too large, without effect', async () => {
    const opened = await open({ maxRequestBytes: 4 });
    expect((await patch(opened, 'abcde', 0)).status).toBe(413);
    expect((await finish(placeOf(opened), digestOf('abcde'), 'abcde')).status).toBe(413);
    expect((await send('POST', `blobs/uploads/?digest=${DIGEST}`, BYTES)).status).toBe(413);
    const taken = await patch(opened, 'abcd', 0);
    expect([taken.status, taken.headers.get('range')]).toEqual([202, '0-3']);
    expect((await finish(placeOf(taken), digestOf('abcd'))).status).toBe(201);
  });

  it('keeps a part of a chunk, says so, and goes on from there', async () => {
    const opened = await open({ keptBytes: 3 });
    const first = await patch(opened, 'abcde', 0);
    expect([first.status, first.headers.get('range')]).toEqual([202, '0-2']);
    expect((await patch(first, 'fg', 5)).status).toBe(416);
    const status = await send('GET', placeOf(first));
    expect([status.status, status.headers.get('range')]).toEqual([204, '0-2']);
    expect((await finish(placeOf(await patch(status, 'de', 3)), digestOf('abcde'))).status).toBe(201);
  });
});
