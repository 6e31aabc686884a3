import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../lab/registry/digest.ts';
import { type LabRegistry, startRegistry } from '../../../lab/registry/server.ts';

const TYPE = 'application/vnd.oci.image.manifest.v1+json';
const BLOB = Buffer.from('0123456789');
const DIGEST = digestOf(BLOB);
const config = { mediaType: 'application/vnd.example', digest: DIGEST, size: BLOB.length };
const manifest = (extra: object = {}): string =>
  JSON.stringify({ schemaVersion: 2, mediaType: TYPE, config, layers: [], ...extra });

let registry: LabRegistry;
beforeAll(async () => {
  registry = await startRegistry({ maxManifestBytes: 2000 });
  await send('POST', `blobs/uploads/?digest=${DIGEST}`, BLOB);
});
afterAll(() => registry.close());

const send = (method: string, path: string, body?: string | Buffer, headers: Record<string, string> = {}) =>
  fetch(new URL(path, `${registry.url}/v2/app/web/`), { method, headers, ...(body === undefined ? {} : { body }) });
const put = (reference: string, body: string, type = TYPE) =>
  send('PUT', `manifests/${reference}`, body, { 'Content-Type': type });
const codeOf = async (answer: Response) =>
  ((await answer.json()) as { errors: { code: string }[] }).errors.map((error) => error.code);

describe('blobs', () => {
  it('are served whole with their digest', async () => {
    const answer = await send('GET', `blobs/${DIGEST}`);
    expect([answer.status, answer.headers.get('docker-content-digest'), await answer.text()]).toEqual([
      200,
      DIGEST,
      '0123456789',
    ]);
  });

  it.each([
    ['bytes=3-5', 206, 'bytes 3-5/10', '345'],
    ['bytes=7-', 206, 'bytes 7-9/10', '789'],
    ['bytes=-2', 206, 'bytes 8-9/10', '89'],
    ['bytes=8-99', 206, 'bytes 8-9/10', '89'],
  ])('are served in part for %s', async (range, status, contentRange, body) => {
    const answer = await send('GET', `blobs/${DIGEST}`, undefined, { Range: range });
    expect([answer.status, answer.headers.get('content-range'), await answer.text()]).toEqual([
      status,
      contentRange,
      body,
    ]);
  });

  it('are served whole for a range with a condition, which nothing here can meet', async () => {
    const headers = { Range: 'bytes=3-5', 'If-Range': '"other"' };
    const answer = await send('GET', `blobs/${DIGEST}`, undefined, headers);
    expect([answer.status, await answer.text()]).toEqual([200, '0123456789']);
  });

  it('answer 416 to a range behind their end', async () => {
    const answer = await send('GET', `blobs/${DIGEST}`, undefined, { Range: 'bytes=10-' });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */10']);
  });

  it('have a length but no body for HEAD', async () => {
    const answer = await send('HEAD', `blobs/${DIGEST}`);
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '10', '']);
  });

  it('that are not there are BLOB_UNKNOWN', async () => {
    const answer = await send('GET', `blobs/${digestOf('no')}`);
    expect([answer.status, await codeOf(answer)]).toEqual([404, ['BLOB_UNKNOWN']]);
  });
});

describe('manifests', () => {
  it('keep their exact bytes, by tag and by digest', async () => {
    const bytes = manifest({ annotations: { spaced: 'yes' } }).replace('{', '{ ');
    const answer = await put('exact', bytes);
    expect([answer.status, answer.headers.get('docker-content-digest')]).toEqual([201, digestOf(bytes)]);
    for (const reference of ['exact', digestOf(bytes)]) {
      const read = await send('GET', `manifests/${reference}`);
      expect([read.headers.get('content-type'), await read.text()]).toEqual([TYPE, bytes]);
    }
  });

  it('can be pushed by a sha512 digest', async () => {
    const digest = `sha512:${createHash('sha512').update(manifest()).digest('hex')}`;
    expect((await put(digest, manifest())).status).toBe(201);
    expect((await send('HEAD', `manifests/${digest}`)).headers.get('docker-content-digest')).toBe(digest);
  });

  it.each([
    ['another digest', digestOf('x'), manifest(), TYPE, 400, 'DIGEST_INVALID'],
    ['another Content-Type than its mediaType', 't', manifest(), 'application/json', 400, 'MANIFEST_INVALID'],
    ['no JSON', 't', 'hello', TYPE, 400, 'MANIFEST_INVALID'],
    ['a tag that is none', '.t', manifest(), TYPE, 400, 'TAG_INVALID'],
    ['too many bytes', 't', manifest({ annotations: { a: 'x'.repeat(2000) } }), TYPE, 413, 'SIZE_INVALID'],
    [
      'a layer that is not there',
      't',
      manifest({ layers: [{ ...config, digest: digestOf('no') }] }),
      TYPE,
      400,
      'MANIFEST_BLOB_UNKNOWN',
    ],
    [
      'a child that is not there',
      't',
      manifest({ config: undefined, manifests: [{ ...config, digest: digestOf('no') }] }),
      TYPE,
      400,
      'MANIFEST_BLOB_UNKNOWN',
    ],
  ])('are refused with %s', async (_what, reference, body, type, status, code) => {
    const answer = await put(reference, body, type);
    expect([answer.status, await codeOf(answer)]).toEqual([status, [code]]);
  });

  it('may lack the bytes of a non-distributable layer', async () => {
    const mediaType = 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip';
    const answer = await put('foreign', manifest({ layers: [{ mediaType, digest: digestOf('no'), size: 2 }] }));
    expect(answer.status).toBe(201);
  });

  it('may have a subject that does not exist, and then answer OCI-Subject', async () => {
    const subject = { mediaType: TYPE, digest: digestOf('later'), size: 5 };
    const answer = await put('subject', manifest({ subject }));
    expect([answer.status, answer.headers.get('oci-subject')]).toEqual([201, subject.digest]);
  });

  it('keep their type without the parameters of a Content-Type', async () => {
    expect((await put('bare', manifest(), `${TYPE}; charset=utf-8`)).status).toBe(201);
    expect((await send('HEAD', 'manifests/bare')).headers.get('content-type')).toBe(TYPE);
  });

  it('get the tags of the query when they are pushed by digest, all of them or none', async () => {
    const digest = digestOf(manifest());
    const answer = await put(`${digest}?tag=q1&tag=q2&tag=q1`, manifest());
    expect([answer.status, answer.headers.get('oci-tag')]).toEqual([201, 'q1, q2']);
    expect([registry.digestOf('app/web', 'q1'), registry.digestOf('app/web', 'q2')]).toEqual([digest, digest]);
    const refused = await put(`${digest}?tag=q3&tag=.q4`, manifest());
    expect([refused.status, registry.digestOf('app/web', 'q3')]).toEqual([400, undefined]);
  });

  it('lose a tag, or all tags with the digest, when deleted', async () => {
    const digest = digestOf(manifest({ annotations: { gone: '1' } }));
    await put('one', manifest({ annotations: { gone: '1' } }));
    await put('two', manifest({ annotations: { gone: '1' } }));
    expect((await send('DELETE', 'manifests/one')).status).toBe(202);
    expect([registry.digestOf('app/web', 'one'), registry.digestOf('app/web', 'two')]).toEqual([undefined, digest]);
    expect((await send('DELETE', `manifests/${digest}`)).status).toBe(202);
    expect((await send('GET', 'manifests/two')).status).toBe(404);
  });
});

describe('an immutable registry', () => {
  it.each([
    [true, 409],
    [{ status: 400 }, 400],
  ])('refuses to write an existing tag again, also with the same digest (%j)', async (immutableTags, status) => {
    const immutable = await startRegistry({ immutableTags, missingContent: 'accept' });
    const write = (body: string) =>
      fetch(`${immutable.url}/v2/a/manifests/1`, { method: 'PUT', headers: { 'Content-Type': TYPE }, body });
    expect((await write(manifest())).status).toBe(201);
    expect((await write(manifest())).status).toBe(status);
    expect((await write(manifest({ layers: [config] }))).status).toBe(status);
    const byDigest = (body: string) =>
      fetch(`${immutable.url}/v2/a/manifests/${digestOf(body)}?tag=2&tag=1`, {
        ...{ method: 'PUT', headers: { 'Content-Type': TYPE }, body },
      });
    expect((await byDigest(manifest({ layers: [config] }))).status).toBe(status);
    expect(immutable.tags('a')).toEqual(['1']);
    expect(immutable.digestOf('a', '1')).toBe(digestOf(manifest()));
    await immutable.close();
  });
});
