import { afterEach, describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../src/image/reference.ts';
import { createTagFinder } from '../../src/registry/find-tagged.ts';
import { createRecordingClient } from './recording-client.ts';
import { makeManifest, tagOf } from './sample-image.ts';
import { type Script, type ScriptedRegistry, startScripted, unknown } from './scripted-registry.ts';

const TAG = 'GET /v2/app/manifests/1';
const LIST = 'GET /v2/app/tags/list';
const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(table: Readonly<Record<string, Script>>) {
  const server = await startScripted(table);
  open.push(server);
  const { client } = createRecordingClient({ retry: { attempts: 1 } });
  return { server, find: createTagFinder(client, parseRepository(`${server.host}/app`)) };
}

const tags = (...names: string[]) => ({ status: 200, body: JSON.stringify({ name: 'app', tags: names }) });

describe('createTagFinder', () => {
  it('finds a tag, and knows by the word of the registry that there is none, each in one request', async () => {
    const { bytes, mediaType, digest } = makeManifest();
    const { find, server } = await start({
      [TAG]: { status: 200, headers: { 'Content-Type': mediaType }, body: bytes },
      'GET /v2/app/manifests/2': unknown('MANIFEST_UNKNOWN'),
    });
    expect(await find(tagOf('1'))).toMatchObject({ digest });
    expect(await find(tagOf('2'))).toBeUndefined();
    expect(server.lines).toHaveLength(2);
  });

  it('asks for the list of tags, once, where a 403 may mean that the tag is absent', async () => {
    const denied = unknown('DENIED', 403);
    const { find, server } = await start({ [TAG]: denied, 'GET /v2/app/manifests/2': denied, [LIST]: tags('other') });
    expect(await find(tagOf('1'))).toBeUndefined();
    expect(await find(tagOf('2'))).toBeUndefined();
    expect(server.lines.filter((line) => line === LIST)).toHaveLength(1);
  });

  it.each<[string, Script]>([
    ['has the tag', tags('1')],
    ['cannot be had either', unknown('DENIED', 403)],
  ])('takes a 403 for lack of access where the list %s', async (_, list) => {
    const { find } = await start({ [TAG]: unknown('DENIED', 403), [LIST]: list });
    await expect(find(tagOf('1'))).rejects.toMatchObject({ code: 'DENIED', status: 403 });
  });
});
