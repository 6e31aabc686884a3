import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildReferrer } from '../../../lab/image/artifact.ts';
import { buildImage } from '../../../lab/image/image.ts';
import { pushImage } from '../../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../../lab/registry/server.ts';

const image = buildImage();
const refer = (artifactType: string, annotations: Record<string, string> = {}) =>
  buildReferrer(image.root, { artifactType, bytes: artifactType, annotations });
const sbom = refer('application/sbom', { about: 'parts' });
const vex = refer('application/vex');

let registry: LabRegistry;
beforeAll(async () => {
  registry = await startRegistry({ referrersPageSize: 1 });
  for (const tag of ['b', 'a', 'C', '1.0']) await pushImage(registry.host, 'app', tag, image);
  for (const referrer of [sbom, vex]) await pushImage(registry.host, 'app', undefined, referrer);
});
afterAll(() => registry.close());

const read = async (path: string) => {
  const answer = await fetch(new URL(path, registry.url));
  return { status: answer.status, headers: answer.headers, json: (await answer.json()) as Record<string, unknown> };
};
const nextOf = (headers: Headers) => /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] ?? '';

describe('tags', () => {
  it('come in lexical order', async () => {
    expect((await read('/v2/app/tags/list')).json).toEqual({ name: 'app', tags: ['1.0', 'C', 'a', 'b'] });
  });

  it('come in pages that link to the next', async () => {
    const first = await read('/v2/app/tags/list?n=3');
    expect(first.json.tags).toEqual(['1.0', 'C', 'a']);
    const second = await read(nextOf(first.headers));
    expect([second.json.tags, nextOf(second.headers)]).toEqual([['b'], '']);
  });

  it.each(['n=', 'n=-1', 'n=1e3', 'n=0x2', 'n=two'])('are refused for %s', async (query) => {
    expect(await read(`/v2/app/tags/list?${query}`)).toMatchObject({
      ...{ status: 400, json: { errors: [{ code: 'PAGINATION_NUMBER_INVALID' }] } },
    });
  });

  it('of a repository that does not exist are NAME_UNKNOWN', async () => {
    expect((await read('/v2/nowhere/tags/list')).status).toBe(404);
  });
});

describe('referrers', () => {
  it('come in pages, with artifact type and annotations', async () => {
    const first = await read(`/v2/app/referrers/${image.root.digest}`);
    expect(first.headers.get('content-type')).toBe('application/vnd.oci.image.index.v1+json');
    expect(first.json.manifests).toEqual([
      { ...sbom.root, artifactType: 'application/sbom', annotations: { about: 'parts' } },
    ]);
    const second = await read(nextOf(first.headers));
    expect([second.json.manifests, nextOf(second.headers)]).toEqual([[expect.objectContaining(vex.root)], '']);
  });

  it('can be filtered, and say so', async () => {
    const answer = await read(`/v2/app/referrers/${image.root.digest}?artifactType=application/vex`);
    expect(answer.headers.get('oci-filters-applied')).toBe('artifactType');
    expect(answer.json.manifests).toEqual([expect.objectContaining({ digest: vex.root.digest })]);
  });

  it('with an empty artifact type have that of their config', async () => {
    const shop = await startRegistry();
    const empty = buildReferrer(image.root, { artifactType: '', bytes: 'x', layerType: 'application/x' });
    await pushImage(shop.host, 'app', '1', image);
    await pushImage(shop.host, 'app', undefined, empty);
    const answer = await fetch(`${shop.url}/v2/app/referrers/${image.root.digest}`);
    expect(((await answer.json()) as { manifests: unknown[] }).manifests).toEqual([
      { ...empty.root, artifactType: 'application/vnd.oci.empty.v1+json' },
    ]);
    await shop.close();
  });

  it('of what has none are an empty index, also where the repository does not exist', async () => {
    expect((await read(`/v2/nowhere/referrers/${sbom.root.digest}`)).json.manifests).toEqual([]);
  });

  it('are not there without the API, and pushing with a subject is not acknowledged', async () => {
    const old = await startRegistry({ referrersApi: false });
    await pushImage(old.host, 'app', '1', image);
    await pushImage(old.host, 'app', undefined, sbom);
    expect((await fetch(`${old.url}/v2/app/referrers/${image.root.digest}`)).status).toBe(404);
    expect(old.tags('app')).toEqual(['1', image.root.digest.replace(':', '-')]);
    await old.close();
  });
});

describe('the clean-up', () => {
  it('removes what no tag reaches and keeps children and referrers of what stays', async () => {
    const shop = await startRegistry();
    const lost = buildImage({ layers: [{ files: { lost: 'x' } }] });
    await pushImage(shop.host, 'app', '1', image);
    await pushImage(shop.host, 'app', undefined, sbom);
    await pushImage(shop.host, 'app', undefined, lost);
    const removed = shop.collectUntagged('app');
    expect(removed.toSorted()).toEqual([...lost.contents.keys()].filter((d) => !image.contents.has(d)).toSorted());
    expect([shop.hasManifest('app', sbom.root.digest), shop.hasManifest('app', lost.root.digest)]).toEqual([
      true,
      false,
    ]);
    shop.deleteTag('app', '1');
    shop.collectUntagged('app');
    expect([...image.contents.keys()].filter((digest) => shop.read('app', digest) !== undefined)).toEqual([]);
    await shop.close();
  });
});
