import { parseDigest } from '../../src/image/digest.ts';
import { parseDescriptor } from '../../src/image/manifest.ts';
import { updateFallbackIndex } from '../../src/registry/fallback-update.ts';
import { createTagFinder } from '../../src/registry/find-tagged.ts';
import { findReferrers, listReferrers } from '../../src/registry/referrers.ts';
import type { Tried } from './client-kinds.ts';
import { inDistribution } from './deviations.ts';
import { describeBlob, MANIFEST, prepareArtifact, storeImage } from './documents.ts';
import type { Kind } from './kind.ts';

const SBOM = 'application/vnd.example.sbom';
const ABOUT = { 'org.example.about': 'parts' };
const NO_API = 'it has no referrers API, so the fallback tag tells';

async function prepareSubject({ wire }: Tried) {
  const image = await storeImage(wire, '1');
  return { digest: parseDigest(image.digest), subject: describeBlob(image, MANIFEST) };
}

/** Stores a referrer as a promotion does: by digest, then in the fallback index where the registry did not acknowledge the subject. */
async function refer({ client, name, wire }: Tried, subject: object, annotations: object) {
  const content = await prepareArtifact(wire, { artifactType: SBOM, subject, annotations });
  const digest = parseDigest(content.digest);
  const { mediaType, bytes } = content;
  const { subject: acknowledged } = await client.putManifest(name, digest, { bytes, mediaType, digest });
  const size = bytes.length;
  return {
    acknowledged: acknowledged !== undefined,
    descriptor: parseDescriptor({ mediaType, digest, size, artifactType: SBOM, annotations }, 'referrer'),
  };
}

/** Referrers with our client, whichever way the registry keeps them. */
export const CLIENT_REFERRERS_KINDS: readonly Kind<Tried>[] = [
  {
    name: 'finds no referrers of what has none',
    run: async (tried) => {
      const { digest } = await prepareSubject(tried);
      return { ...(await listReferrers(tried.client, tried.name, digest)) };
    },
    expected: { via: 'api', descriptors: [] },
    deviations: inDistribution(NO_API, { via: 'none', descriptors: [] }),
  },
  {
    name: 'stores a referrer and finds it as it was described',
    run: async (tried) => {
      const { client, name } = tried;
      const { digest, subject } = await prepareSubject(tried);
      const { acknowledged, descriptor } = await refer(tried, subject, ABOUT);
      const wrote = acknowledged ? undefined : await updateFallbackIndex(client, name, digest, [descriptor]);
      const { via, descriptors } = await listReferrers(client, name, digest);
      return { acknowledged, wrote, via, same: JSON.stringify(descriptors) === JSON.stringify([descriptor]) };
    },
    expected: { acknowledged: true, wrote: undefined, via: 'api', same: true },
    deviations: inDistribution(NO_API, { acknowledged: false, wrote: true, via: 'tag', same: true }),
  },
  {
    name: 'keeps the fallback index whole: one entry each, nothing lost, nothing written twice',
    run: async (tried) => {
      const { client, name } = tried;
      const { digest, subject } = await prepareSubject(tried);
      const first = await refer(tried, subject, { n: '1' });
      const second = await refer(tried, subject, { n: '2' });
      const wrote = [
        await updateFallbackIndex(client, name, digest, [first.descriptor]),
        await updateFallbackIndex(client, name, digest, [first.descriptor, second.descriptor]),
        await updateFallbackIndex(client, name, digest, [second.descriptor]),
      ];
      const { descriptors } = await findReferrers(client, name, digest, createTagFinder(client, name));
      return { wrote, found: descriptors.map(({ annotations }) => annotations.n).toSorted() };
    },
    expected: { wrote: [true, true, false], found: ['1', '2'] },
  },
  {
    name: 'stores a referrer before its subject',
    run: async (tried) => {
      const { client, name } = tried;
      const later = `sha256:${'ab'.repeat(32)}`;
      const { acknowledged, descriptor } = await refer(tried, { mediaType: MANIFEST, digest: later, size: 9 }, ABOUT);
      const digest = parseDigest(later);
      if (!acknowledged) await updateFallbackIndex(client, name, digest, [descriptor]);
      return { found: (await listReferrers(client, name, digest)).descriptors.length };
    },
    expected: { found: 1 },
  },
];
