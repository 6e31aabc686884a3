import { afterEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { createRecordingClient } from './recording-client.ts';
import { type Script, type ScriptedRegistry, startScripted, unknown } from './scripted-registry.ts';

const digest = digestOf('layer');
const MOUNT = `POST /v2/team/app/blobs/uploads/?mount=${encodeURIComponent(digest)}&from=team%2Fbase`;

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(table: Readonly<Record<string, Script>>) {
  const server = await startScripted(table);
  open.push(server);
  const { client, cancel } = createRecordingClient();
  const mount = (from = `${server.host}/team/base`) =>
    client.mountBlob(parseRepository(`${server.host}/team/app`), digest, parseRepository(from));
  return { server, mount, cancel };
}

describe('mountBlob', () => {
  it('names the repository it takes the blob from, and is true for 201', async () => {
    const { mount, server } = await start({ [MOUNT]: { status: 201 } });
    expect(await mount()).toBe(true);
    expect(server.lines).toEqual([MOUNT]);
  });

  it('cancels the upload that a 202 opened instead', async () => {
    const { mount, server } = await start({
      [MOUNT]: { status: 202, headers: { Location: '/up/1' } },
      'DELETE /up/1': { status: 204 },
    });
    expect(await mount()).toBe(false);
    expect(server.lines).toEqual([MOUNT, 'DELETE /up/1']);
  });

  it('does not mind a registry that refuses the cancelling', async () => {
    const { mount } = await start({
      [MOUNT]: { status: 202, headers: { Location: '/up/1' } },
      'DELETE /up/1': { status: 405 },
    });
    expect(await mount()).toBe(false);
  });

  it.each([400, 401, 403, 404, 405, 429, 500])('is false for %d: the blob can still be uploaded', async (status) => {
    const { mount } = await start({ [MOUNT]: { status } });
    expect(await mount()).toBe(false);
  });

  it('is false when no token is given for both repositories, having asked for both', async () => {
    const scopes: (string | null)[][] = [];
    const { mount } = await start({
      'GET /v2/': ({ headers }) => ({
        status: 401,
        headers: { 'WWW-Authenticate': `Bearer realm="http://${headers.host}/token"` },
      }),
      'GET /token': ({ url }) => {
        scopes.push(new URL(url, 'http://x').searchParams.getAll('scope'));
        return unknown('DENIED', 403);
      },
    });
    expect(await mount()).toBe(false);
    expect(scopes).toEqual([['repository:team/app:pull,push', 'repository:team/base:pull']]);
  });

  it('is false when the connection breaks each time', async () => {
    const { mount, server } = await start({ [MOUNT]: () => 'drop' });
    expect(await mount()).toBe(false);
    expect(server.lines).toHaveLength(5);
  });

  it('fails when the upload that was opened instead is at an address nobody should visit', async () => {
    const { mount } = await start({ [MOUNT]: { status: 202, headers: { Location: 'file:///etc/passwd' } } });
    await expect(mount()).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' });
  });

  it('fails when it is cancelled', async () => {
    const { mount, cancel } = await start({
      [MOUNT]: () => {
        cancel.abort();
        return 'drop';
      },
    });
    await expect(mount()).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('never asks another registry for its blob', async () => {
    const { mount, server } = await start({});
    expect(await mount('other.test/team/base')).toBe(false);
    expect(server.calls).toEqual([]);
  });

  it('fails when the registry says it mounted something else', async () => {
    const { mount } = await start({ [MOUNT]: { status: 201, headers: { 'Docker-Content-Digest': digestOf('x') } } });
    await expect(mount()).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  });
});
