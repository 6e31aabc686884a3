import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { createRecordingClient } from './recording-client.ts';
import { type Reply, type ScriptedRegistry, startScripted } from './scripted-registry.ts';

const content = Buffer.from('a blob');
const blob = { digest: digestOf(content), size: content.length };

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function upload(commit: Reply, head: Reply) {
  const server = await startScripted({
    'POST /v2/app/blobs/uploads/': { status: 202, headers: { Location: '/up' } },
    'PATCH /up': { status: 202, headers: { Location: '/up' } },
    'PUT /up': commit,
    [`HEAD /v2/app/blobs/${blob.digest}`]: head,
  });
  open.push(server);
  const repository = parseRepository(`${server.host}/app`);
  const done = createRecordingClient().client.uploadBlob(repository, blob, () => Readable.from([content]));
  await done.catch(() => undefined);
  return { done, looks: server.lines.filter((line) => line.startsWith('HEAD')).length };
}

const there: Reply = { status: 200, body: content };

describe('the end of an upload', () => {
  it('is believed when it is a 201, without another look', async () => {
    const { done, looks } = await upload({ status: 201 }, { status: 404 });
    await done;
    expect(looks).toBe(0);
  });

  it.each([200, 202, 204])('is a blob that is found there after a vague %d', async (status) => {
    const { done, looks } = await upload({ status }, there);
    await done;
    expect(looks).toBe(1);
  });

  it.each<[string, Reply]>([
    ['nothing is there', { status: 404 }],
    ['what is there has another size', { status: 200, body: 'other content' }],
  ])('is refused after a vague 200 when %s', async (_, head) => {
    const { done } = await upload({ status: 200 }, head);
    await expect(done).rejects.toMatchObject({ code: 'PROTOCOL', status: 200, method: 'PUT' });
  });

  it.each([200, 201])('fails when a %d names another digest, whatever is there', async (status) => {
    const { done } = await upload({ status, headers: { 'Docker-Content-Digest': digestOf('x') } }, there);
    await expect(done).rejects.toMatchObject({
      code: 'DIGEST_MISMATCH',
      message: expect.stringContaining(blob.digest),
    });
  });
});
