import { afterEach, describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../src/image/reference.ts';
import { createRecordingClient } from './recording-client.ts';
import { type Script, type ScriptedRegistry, startScripted, unknown } from './scripted-registry.ts';

const POST = 'POST /v2/app/blobs/uploads/';

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function probe(table: Readonly<Record<string, Script>>) {
  const server = await startScripted(table);
  open.push(server);
  const repository = parseRepository(`${server.host}/app`);
  return { server, repository, done: createRecordingClient().client.probePush(repository) };
}

describe('probePush', () => {
  it.each([204, 202, 404, 405, 500])('leaves no upload behind, and does not mind %d to its DELETE', async (status) => {
    const { server, done } = await probe({
      [POST]: { status: 202, headers: { Location: '/up/1' } },
      'DELETE /up/1': { status },
    });
    await done;
    expect(server.lines).toEqual([POST, 'DELETE /up/1']);
  });

  it.each([
    [401, 'UNAUTHORIZED', 'UNAUTHORIZED', 'may push to'],
    [403, 'DENIED', 'DENIED', 'the right to pull and push in'],
    [404, 'NAME_UNKNOWN', 'NOT_FOUND', 'create the repository'],
  ])('says for %d what right is missing, and where', async (status, said, code, hint) => {
    const { repository, done } = await probe({ [POST]: unknown(said, status) });
    await expect(done).rejects.toMatchObject({ code, status, hint: expect.stringContaining(hint) });
    await expect(done).rejects.toMatchObject({ hint: expect.stringContaining(repository) });
  });

  it('is not content with an answer that opens no upload', async () => {
    const { done } = await probe({ [POST]: { status: 200, body: '<html>' } });
    await expect(done).rejects.toMatchObject({ code: 'PROTOCOL' });
  });
});
