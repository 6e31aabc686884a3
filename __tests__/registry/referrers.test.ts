import { afterEach, describe, expect, it } from '@jest/globals';
import { digestHex } from '../../src/image/digest.ts';
import { parseManifest } from '../../src/image/manifest.ts';
import { OCI_INDEX, OCI_MANIFEST } from '../../src/image/media-type.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { createTagFinder } from '../../src/registry/find-tagged.ts';
import { findReferrers, isReferrerOf, listReferrers } from '../../src/registry/referrers.ts';
import { createRecordingClient } from './recording-client.ts';
import { makeIndex, makeManifest, makeReferrer } from './sample-image.ts';
import { type Reply, type Script, type ScriptedRegistry, startScripted, unknown } from './scripted-registry.ts';

const subject = makeManifest().digest;
const API = `GET /v2/app/referrers/${subject}`;
const TAG = `/v2/app/manifests/sha256-${digestHex(subject)}`;
const [a, b, c] = [makeReferrer('a'), makeReferrer('b'), makeReferrer('c')];

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(table: Readonly<Record<string, Script>>) {
  const server = await startScripted(table);
  open.push(server);
  const recording = createRecordingClient();
  const repository = parseRepository(`${server.host}/app`);
  return {
    server,
    list: () => listReferrers(recording.client, repository, subject),
    find: () => findReferrers(recording.client, repository, subject, createTagFinder(recording.client, repository)),
    ...recording,
  };
}

function page(descriptors: readonly object[], link?: string): Reply {
  const headers = { 'Content-Type': OCI_INDEX, ...(link === undefined ? {} : { Link: link }) };
  return { status: 200, headers, body: makeIndex(descriptors).bytes };
}

function tagged({ bytes, mediaType }: ReturnType<typeof makeManifest>): Reply {
  return { status: 200, headers: { 'Content-Type': mediaType }, body: bytes };
}

describe('listReferrers over the API', () => {
  it('gives each descriptor with type and annotations', async () => {
    const { list } = await start({ [API]: page([a]) });
    expect(await list()).toEqual({ via: 'api', descriptors: [a] });
  });

  it('is an empty list, and not "none", where the API says so', async () => {
    const { list, server } = await start({ [API]: page([]) });
    expect(await list()).toEqual({ via: 'api', descriptors: [] });
    expect(server.lines).toEqual([API]);
  });

  it('follows the pages, relative or absolute', async () => {
    const { list, server } = await start({
      [API]: page([a], `<${API.slice(4)}?n=1&last=a>; rel="next"`),
      [`${API}?n=1&last=a`]: ({ headers }) =>
        page(
          [b],
          `<http://${headers.host}/first>; rel="first", <http://${headers.host}${API.slice(4)}?last=b>; rel=next`,
        ),
      [`${API}?last=b`]: page([c], '<x>; rel="prev"'),
    });
    expect((await list()).descriptors.map(({ digest }) => digest)).toEqual([a.digest, b.digest, c.digest]);
    expect(server.lines).toHaveLength(3);
  });

  it.each<[string, (host: string) => Reply, string]>([
    ['lead in a circle', () => page([a], `<${API.slice(4)}>; rel="next"`), 'PROTOCOL'],
    ['lead elsewhere', () => page([a], '<http://127.0.0.1:1/x>; rel="next"'), 'REDIRECT_REFUSED'],
    ['break off', () => page([a], '</gone>; rel="next"'), 'NOT_FOUND'],
  ])('never gives half a list when its pages %s', async (_, reply, code) => {
    const { list } = await start({ [API]: ({ headers }) => reply(headers.host ?? '') });
    await expect(list()).rejects.toMatchObject({ code });
  });

  it('fails for a list that cannot be read, unless the tag tells', async () => {
    const reply = { status: 200, headers: { 'Content-Type': OCI_INDEX }, body: '{"schemaVersion":2}' };
    const silent = await start({ [API]: reply, [`GET ${TAG}`]: unknown('MANIFEST_UNKNOWN') });
    await expect(silent.list()).rejects.toMatchObject({ code: 'PROTOCOL' });
    const told = await start({ [API]: reply, [`GET ${TAG}`]: tagged(makeIndex([a])) });
    expect(await told.list()).toEqual({ via: 'tag', descriptors: [a] });
  });
});

describe('listReferrers without the API', () => {
  it.each<[string, Reply]>([
    ['404', { status: 404 }],
    ['405', { status: 405 }],
    ['501', { status: 501 }],
    ['400', unknown('UNSUPPORTED', 400)],
    ['a web page', { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>' }],
    ['a redirect to another host', { status: 303, headers: { Location: 'https://github.test/-/v2/x' } }],
  ])('reads the fallback tag after %s', async (_, reply) => {
    const { list } = await start({ [API]: reply, [`GET ${TAG}`]: tagged(makeIndex([a])) });
    expect(await list()).toEqual({ via: 'tag', descriptors: [a] });
  });

  it('does not visit the other host', async () => {
    const web = await startScripted({});
    open.push(web);
    const { list } = await start({
      [API]: { status: 303, headers: { Location: `http://${web.host}/x` } },
      [`GET ${TAG}`]: unknown('MANIFEST_UNKNOWN'),
    });
    expect(await list()).toEqual({ via: 'none', descriptors: [] });
    expect(web.calls).toEqual([]);
  });

  it.each([403, 429, 500, 503])(
    'does not take a %d for "none": it throws that unless the tag tells',
    async (status) => {
      const silent = await start({ [API]: { status }, [`GET ${TAG}`]: unknown('MANIFEST_UNKNOWN') });
      await expect(silent.list()).rejects.toMatchObject({ status });
      const told = await start({ [API]: { status }, [`GET ${TAG}`]: tagged(makeIndex([a])) });
      expect(await told.list()).toEqual({ via: 'tag', descriptors: [a] });
    },
  );

  it('throws for a 401', async () => {
    const { list } = await start({ [API]: { status: 401 }, [`GET ${TAG}`]: tagged(makeIndex([a])) });
    await expect(list()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('throws when the tag cannot be read', async () => {
    const { list } = await start({ [API]: { status: 404 }, [`GET ${TAG}`]: unknown('DENIED', 403) });
    await expect(list()).rejects.toMatchObject({ code: 'DENIED' });
  });

  it('tolerates an image under the fallback tag, and says so', async () => {
    const { list, warnings } = await start({
      [API]: { status: 404 },
      [`GET ${TAG}`]: tagged(makeManifest({ annotations: { another: 'image' } })),
    });
    expect(await list()).toEqual({ via: 'none', descriptors: [] });
    expect(warnings).toEqual([expect.stringContaining(OCI_MANIFEST)]);
  });
});

describe('the subject itself under the fallback tag', () => {
  it('is no list, though it is an index: GitLab takes the tag for the digest', async () => {
    const image = makeIndex([a, b]);
    const tag = `sha256-${digestHex(image.digest)}`;
    const server = await startScripted({ [`GET /v2/app/manifests/${tag}`]: tagged(image) });
    open.push(server);
    const { client, warnings } = createRecordingClient();
    const repository = parseRepository(`${server.host}/app`);
    expect(await listReferrers(client, repository, image.digest)).toEqual({ via: 'none', descriptors: [] });
    expect(warnings).toEqual([]);
  });
});

describe('findReferrers', () => {
  it('loses none of those that only the fallback tag of a registry with the API still lists', async () => {
    const { find } = await start({ [API]: page([a, b]), [`GET ${TAG}`]: tagged(makeIndex([b, c])) });
    expect(await find()).toEqual({ via: 'api', descriptors: [a, b, c] });
  });

  it('is content with the API where there is no such tag', async () => {
    const { find } = await start({ [API]: page([]), [`GET ${TAG}`]: unknown('MANIFEST_UNKNOWN') });
    expect(await find()).toEqual({ via: 'api', descriptors: [] });
  });

  it('reads the fallback tag where there is no API', async () => {
    const { find } = await start({ [API]: { status: 404 }, [`GET ${TAG}`]: tagged(makeIndex([a])) });
    expect(await find()).toEqual({ via: 'tag', descriptors: [a] });
  });

  it.each([500, 401])('does not take a tag that cannot be read (%d) for an absent one', async (status) => {
    const { find } = await start({ [API]: page([a]), [`GET ${TAG}`]: { status } });
    await expect(find()).rejects.toMatchObject({ status });
  });

  it('does not take the 404 of a proxy for an absent tag', async () => {
    const html = { status: 404, headers: { 'Content-Type': 'text/html' }, body: '<html>not found</html>' };
    const { find } = await start({ [API]: html, [`GET ${TAG}`]: html });
    await expect(find()).rejects.toMatchObject({ code: 'PROTOCOL' });
  });
});

describe('isReferrerOf', () => {
  const parse = (more: object) => parseManifest(makeManifest(more).bytes, undefined);

  it('believes the manifest, not the list', () => {
    expect(isReferrerOf(parse({ subject: { mediaType: OCI_MANIFEST, digest: subject, size: 1 } }), subject)).toBe(true);
    expect(isReferrerOf(parse({ subject: { mediaType: OCI_MANIFEST, digest: a.digest, size: 1 } }), subject)).toBe(
      false,
    );
    expect(isReferrerOf(parse({}), subject)).toBe(false);
  });
});
