import { afterEach, describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../src/image/reference.ts';
import { listTags } from '../../src/registry/tag-list.ts';
import { createRecordingClient } from './recording-client.ts';
import { type Reply, type Script, type ScriptedRegistry, startScripted } from './scripted-registry.ts';

const LIST = '/v2/app/tags/list';
const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function list(table: Readonly<Record<string, Script>>): Promise<readonly string[]> {
  const server = await startScripted(table);
  open.push(server);
  const { client } = createRecordingClient({ retry: { attempts: 1 } });
  return [...(await listTags(client.transport, parseRepository(`${server.host}/app`)))];
}

function page(tags: unknown, link?: string): Reply {
  const body = JSON.stringify({ name: 'app', tags });
  return { status: 200, body, ...(link === undefined ? {} : { headers: { Link: link } }) };
}

describe('listTags', () => {
  it('gives the tags of all pages', async () => {
    const tags = await list({
      [`GET ${LIST}`]: page(['1', '2'], `<${LIST}?last=2>; rel="next"`),
      [`GET ${LIST}?last=2`]: page(['3']),
    });
    expect(tags).toEqual(['1', '2', '3']);
  });

  it('knows the null of an empty repository', async () => {
    expect(await list({ [`GET ${LIST}`]: page(null) })).toEqual([]);
  });

  it.each<[string, Reply]>([
    ['a refusal', { status: 403 }],
    ['something else', { status: 200, body: '<html>' }],
    ['a list of something else', page([1])],
    ['a page that leads to itself', page(['1'], `<${LIST}>; rel="next"`)],
  ])('fails for %s: it is whole or it is nothing', async (_, reply) => {
    await expect(list({ [`GET ${LIST}`]: reply })).rejects.toMatchObject({ name: expect.stringContaining('Error') });
  });
});
