import { afterEach, describe, expect, it } from '@jest/globals';
import { OCI_INDEX } from '../../src/image/media-type.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { readReferrersApi } from '../../src/registry/referrers-api.ts';
import { createRecordingClient } from './recording-client.ts';
import { makeIndex, makeManifest, makeReferrer } from './sample-image.ts';
import { type Reply, type Script, type ScriptedRegistry, startScripted, unknown } from './scripted-registry.ts';

const subject = makeManifest().digest;
const API = `GET /v2/app/referrers/${subject}`;
const [a, b] = [makeReferrer('a'), makeReferrer('b')];

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function read(table: Readonly<Record<string, Script>>) {
  const server = await startScripted(table);
  open.push(server);
  const { client, warnings } = createRecordingClient({ retry: { attempts: 1 } });
  const { transport } = client;
  return { server, warnings, answer: readReferrersApi(transport, parseRepository(`${server.host}/app`), subject) };
}

function page(descriptors: readonly object[], link?: string): Reply {
  const headers = { 'Content-Type': OCI_INDEX, ...(link === undefined ? {} : { Link: link }) };
  return { status: 200, headers, body: makeIndex(descriptors).bytes };
}

describe('readReferrersApi', () => {
  it('asks for an index and gives what it lists', async () => {
    const { server, answer } = await read({ [API]: page([a, b]) });
    expect(await answer).toEqual({ kind: 'list', descriptors: [a, b] });
    expect(server.calls.at(-1)?.headers.accept).toBe(OCI_INDEX);
  });

  it.each([
    '</more>; rel="next"',
    '</first>; rel=first, </more>; rel=next',
    '<../../../more>; title="x"; rel="last next"',
    '</more>; title="a, b; c"; rel = "next"',
  ])('follows %s', async (link) => {
    const { server, answer } = await read({ [API]: page([a], link), 'GET /more': page([b]) });
    expect(await answer).toEqual({ kind: 'list', descriptors: [a, b] });
    expect(server.lines).toEqual([API, 'GET /more']);
  });

  it('stays with one page for a Link to something else than the next', async () => {
    const { answer } = await read({ [API]: page([a], '</more>; rel="nextcloud", </more>; rel=prev') });
    expect(await answer).toEqual({ kind: 'list', descriptors: [a] });
  });

  it.each([400, 404, 405, 406, 499])('knows by %d that there is no such API', async (status) => {
    const { answer } = await read({ [API]: unknown('NOPE', status) });
    expect(await answer).toEqual({ kind: 'no-api' });
  });

  it.each([
    { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>' },
    { status: 302, headers: { Location: 'https://web.example/' } },
  ])('knows by %j that a web page, and no API, is there', async (reply) => {
    const { answer } = await read({ [API]: reply });
    expect(await answer).toEqual({ kind: 'no-api' });
  });

  it.each([
    [403, 'DENIED'],
    [429, 'RATE_LIMITED'],
    [500, 'UNAVAILABLE'],
    [503, 'UNAVAILABLE'],
  ])('leaves it open after %d', async (status, code) => {
    const { answer } = await read({ [API]: unknown('NOPE', status) });
    expect(await answer).toMatchObject({ kind: 'undecided', error: { code, status } });
  });

  it('fails for want of a login', async () => {
    const { answer } = await read({ [API]: unknown('UNAUTHORIZED', 401) });
    await expect(answer).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it.each([404, 403])('takes a part for no list when a later page is %d', async (status) => {
    const { answer } = await read({ [API]: page([a], '</more>; rel="next"'), 'GET /more': unknown('GONE', status) });
    await expect(answer).rejects.toMatchObject({ status });
  });

  it('ends where pages go round in circles', async () => {
    const { server, answer } = await read({
      [API]: page([a], '</more>; rel=next'),
      'GET /more': page([b], '</more>; rel=next'),
    });
    await expect(answer).rejects.toMatchObject({ code: 'PROTOCOL', message: expect.stringContaining('do not end') });
    expect(server.lines).toHaveLength(2);
  });

  it('does not follow a Link to another host', async () => {
    const { answer } = await read({ [API]: page([a], '<https://other.example/more>; rel=next') });
    await expect(answer).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' });
  });

  it.each([
    ['an image manifest', makeManifest().bytes],
    ['no JSON', '{'],
    ['null', 'null'],
  ])('leaves it open after %s in the place of a list', async (_, body) => {
    const { answer } = await read({ [API]: { status: 200, headers: { 'Content-Type': OCI_INDEX }, body } });
    expect(await answer).toMatchObject({ kind: 'undecided', error: { code: 'PROTOCOL' } });
  });

  it('takes a part for no list when a later page cannot be read', async () => {
    const more = { status: 200, headers: { 'Content-Type': OCI_INDEX }, body: '{' };
    const { answer } = await read({ [API]: page([a], '</more>; rel="next"'), 'GET /more': more });
    await expect(answer).rejects.toMatchObject({ code: 'PROTOCOL' });
  });

  it('tells of an entry that names no content, as Artifactory lists `_uploads`, and keeps the others', async () => {
    const { answer, warnings } = await read({ [API]: page([{ ...a, digest: '_uploads' }, b]) });
    expect(await answer).toEqual({ kind: 'list', descriptors: [b] });
    expect(warnings).toEqual([expect.stringContaining('_uploads')]);
  });

  it('reads no page that is longer than a manifest may be', async () => {
    const body = Buffer.alloc(4 * 1024 * 1024 + 1, ' ');
    const { answer } = await read({ [API]: { status: 200, headers: { 'Content-Type': OCI_INDEX }, body } });
    await expect(answer).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });
});
