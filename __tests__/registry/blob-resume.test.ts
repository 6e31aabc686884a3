import { afterEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { resumeBlob } from '../../src/registry/blob-resume.ts';
import { readBody } from '../../src/registry/transport/body.ts';
import type { RegistryRequest } from '../../src/registry/transport/message.ts';
import { createRecordingClient } from './recording-client.ts';
import { type Reply, type Script, type ScriptedRegistry, startScripted, unknown } from './scripted-registry.ts';

const content = Buffer.from('0123456789');
const blob = { digest: digestOf(content), size: content.length };
const whole: Reply = { status: 200, body: content };

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(script: Script) {
  const server = await startScripted({ 'GET /blob': script });
  open.push(server);
  const repository = parseRepository(`${server.host}/app`);
  const request: RegistryRequest = { purpose: 'read it', method: 'GET', repository, target: '/blob', scopes: [] };
  const { transport } = createRecordingClient().client;
  const ranges = () => server.calls.filter(({ url }) => url === '/blob').map(({ headers }) => headers.range);
  const resume = async (offset: number) => {
    const { response, skip } = await resumeBlob(transport, request, blob, offset);
    return { skip, text: Buffer.from((await readBody(response, 100)) ?? '').toString() };
  };
  return { resume, ranges };
}

const part = (range: string, body: string): Reply => ({ status: 206, headers: { 'Content-Range': range }, body });

describe('resumeBlob', () => {
  it('asks for no range at the beginning', async () => {
    const { resume, ranges } = await start(whole);
    expect(await resume(0)).toEqual({ skip: 0, text: '0123456789' });
    expect(ranges()).toEqual([undefined]);
  });

  it.each([
    ['all of the rest', 'bytes 4-9/10', '456789'],
    ['the rest of a blob whose size it does not tell', 'bytes 4-9/*', '456789'],
    ['a rest that ends early', 'bytes 4-6/10', '456'],
  ])('takes %s', async (_, range, text) => {
    const { resume, ranges } = await start(part(range, text));
    expect(await resume(4)).toEqual({ skip: 0, text });
    expect(ranges()).toEqual(['bytes=4-']);
  });

  it('says how much of the answer is known when the registry has no ranges', async () => {
    const { resume } = await start(whole);
    expect(await resume(4)).toEqual({ skip: 4, text: '0123456789' });
  });

  it('asks for the whole when the registry refuses the range', async () => {
    const { resume, ranges } = await start([{ status: 416, body: 'no' }, whole]);
    expect(await resume(4)).toEqual({ skip: 4, text: '0123456789' });
    expect(ranges()).toEqual(['bytes=4-', undefined]);
  });

  it.each(['bytes 0-9/10', 'bytes 5-9/10', 'bytes 4-9/11', 'bytes 4-10/10', 'bytes 4-3/10', '4-9/10', 'bytes */10'])(
    'takes no other part than the one it asked for: %s',
    async (range) => {
      const { resume } = await start(part(range, '456789'));
      await expect(resume(4)).rejects.toMatchObject({
        ...{ code: 'PROTOCOL', status: 206 },
        message: expect.stringContaining(` sent ${range}`),
      });
    },
  );

  it('takes no part that does not say which it is', async () => {
    const { resume } = await start({ status: 206, body: '456789' });
    await expect(resume(4)).rejects.toMatchObject({ message: expect.stringContaining('sent no Content-Range') });
  });

  it.each([0, 4])('refuses a whole of another length before it hands out a byte, from offset %d', async (offset) => {
    const { resume } = await start({ status: 200, body: '01234567890' });
    await expect(resume(offset)).rejects.toMatchObject({ code: 'SIZE_MISMATCH', status: 200 });
  });

  it('does not need a Content-Length', async () => {
    const { resume } = await start({ ...whole, chunked: true });
    expect(await resume(0)).toEqual({ skip: 0, text: '0123456789' });
  });

  it.each([0, 4])('fails as the registry says, from offset %d', async (offset) => {
    const { resume } = await start(unknown('BLOB_UNKNOWN'));
    await expect(resume(offset)).rejects.toMatchObject({ code: 'NOT_FOUND', diagnostics: [{ code: 'BLOB_UNKNOWN' }] });
  });
});
