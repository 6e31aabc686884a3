import { afterEach, describe, expect, it } from '@jest/globals';
import { digestHex } from '../../src/image/digest.ts';
import { parseManifest } from '../../src/image/manifest.ts';
import { OCI_INDEX, OCI_MANIFEST } from '../../src/image/media-type.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { isReferrerOf, listReferrers, updateFallbackIndex } from '../../src/registry/referrers.ts';
import { createRecordingClient } from './recording-client.ts';
import { makeIndex, makeManifest, makeReferrer } from './sample-image.ts';
import {
  type Call,
  type Reply,
  type Script,
  type ScriptedRegistry,
  startScripted,
  unknown,
} from './scripted-registry.ts';

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
    update: (...added: (typeof a)[]) => updateFallbackIndex(recording.client, repository, subject, added),
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

  it('fails for a list that cannot be read', async () => {
    const { list } = await start({
      [API]: { status: 200, headers: { 'Content-Type': OCI_INDEX }, body: '{"schemaVersion":2,"manifests":[{}]}' },
    });
    await expect(list()).rejects.toMatchObject({ code: 'PROTOCOL' });
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
    const { list, warnings } = await start({ [API]: { status: 404 }, [`GET ${TAG}`]: tagged(makeManifest()) });
    expect(await list()).toEqual({ via: 'none', descriptors: [] });
    expect(warnings).toEqual([expect.stringContaining(OCI_MANIFEST)]);
  });
});

/** A fallback tag that keeps what is put there; `before` runs before each PUT takes effect. */
function createTag(initial?: Reply, after: (put: number, state: { reply: Reply }) => void = () => {}) {
  const state = { reply: initial ?? unknown('MANIFEST_UNKNOWN') };
  const puts: Call[] = [];
  const table: Record<string, Script> = {
    [`GET ${TAG}`]: () => state.reply,
    [`PUT ${TAG}`]: (call) => {
      puts.push(call);
      state.reply = { status: 200, headers: { 'Content-Type': String(call.headers['content-type']) }, body: call.body };
      after(puts.length, state);
      return { status: 201 };
    },
  };
  const written = () => JSON.parse(puts.at(-1)?.body.toString() ?? 'null');
  return { table, puts, written };
}

describe('updateFallbackIndex', () => {
  it('starts an index, in one PUT, with artifactType and annotations', async () => {
    const tag = createTag();
    const { update } = await start(tag.table);
    await update(a, b);
    expect(tag.puts).toHaveLength(1);
    expect(tag.puts[0]?.headers['content-type']).toBe(OCI_INDEX);
    expect(tag.written()).toEqual({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [a, b] });
  });

  it('keeps what is there as it was written, fields unknown to us included', async () => {
    const foreign = { ...b, data: 'e30=', urls: ['https://x.test'] };
    const tag = createTag(tagged(makeIndex([foreign], { annotations: { k: 'v' } })));
    const { update } = await start(tag.table);
    await update(a);
    expect(tag.written()).toEqual({
      schemaVersion: 2,
      mediaType: OCI_INDEX,
      manifests: [foreign, a],
      annotations: { k: 'v' },
    });
  });

  it('lists nothing twice', async () => {
    const tag = createTag(tagged(makeIndex([a])));
    const { update } = await start(tag.table);
    await update(a, b, b);
    expect(tag.written().manifests).toEqual([a, b]);
  });

  it('writes nothing when all is there', async () => {
    const tag = createTag(tagged(makeIndex([a, b])));
    const { update } = await start(tag.table);
    await update(b);
    expect(tag.puts).toEqual([]);
  });

  it('writes again, keeping both, when another writer got between', async () => {
    const tag = createTag(undefined, (put, state) => {
      if (put === 1) state.reply = tagged(makeIndex([c]));
    });
    const { update, waits } = await start(tag.table);
    await update(a);
    expect(tag.written().manifests).toEqual([c, a]);
    expect(waits).toHaveLength(1);
  });

  it('gives up when others keep getting between', async () => {
    const tag = createTag(undefined, (_, state) => {
      state.reply = tagged(makeIndex([c]));
    });
    const { update } = await start(tag.table);
    await expect(update(a)).rejects.toMatchObject({
      code: 'CONFLICT',
      hint: expect.stringContaining('concurrency group'),
    });
    expect(tag.puts).toHaveLength(4);
  });

  it('does not overwrite what is no index', async () => {
    const tag = createTag(tagged(makeManifest()));
    const { update } = await start(tag.table);
    await expect(update(a)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(tag.puts).toEqual([]);
  });

  it('does not start anew when it may not read what is there', async () => {
    const tag = createTag(unknown('DENIED', 403));
    const { update } = await start(tag.table);
    await expect(update(a)).rejects.toMatchObject({ code: 'DENIED' });
    expect(tag.puts).toEqual([]);
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
