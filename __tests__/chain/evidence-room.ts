import { Readable } from 'node:stream';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, type RegistryOptions, startRegistry } from '../../lab/registry/server.ts';
import { makeBundleReferrer } from '../../src/chain/bundle-referrer.ts';
import type { PromotionRecord } from '../../src/chain/record.ts';
import { type Digest, digestOf, parseDigest } from '../../src/image/digest.ts';
import { parseRepository, type Repository } from '../../src/image/reference.ts';
import type { RegistryClient } from '../../src/registry/client.ts';
import { updateFallbackIndex } from '../../src/registry/fallback-update.ts';
import { createRecordingClient } from '../registry/recording-client.ts';

const image = buildImage({ packages: [{ name: 'app', version: '1' }] });

/** A registry with one image in `prod/app`, to which evidence can be attached. */
export interface EvidenceRoom {
  readonly registry: LabRegistry;
  readonly client: RegistryClient;
  readonly repository: Repository;
  readonly digest: Digest;
  /** Attaches a bundle to the image, as a promotion does; the annotation beside it says this type. Returns the digest of the referrer. */
  attach(bundle: Uint8Array, predicateType: string): Promise<Digest>;
  close(): Promise<void>;
}

/** Opens such a room. */
export async function openEvidenceRoom(options: RegistryOptions = {}): Promise<EvidenceRoom> {
  const registry = await startRegistry(options);
  const { client } = createRecordingClient();
  const repository = parseRepository(`${registry.host}/prod/app`);
  await pushImage(registry.host, 'prod/app', '1', image);
  const digest = parseDigest(image.root.digest);
  return {
    ...{ registry, client, repository, digest },
    async attach(bundle, predicateType) {
      const subject = { mediaType: image.root.mediaType, digest, size: image.root.size };
      const { manifest, descriptor, blobs } = makeBundleReferrer(subject, bundle, predicateType, new Date());
      for (const { descriptor: blob, bytes } of blobs) {
        await client.uploadBlob(repository, blob, () => Readable.from([bytes]));
      }
      const { mediaType } = descriptor;
      const listed = await client.putManifest(repository, descriptor.digest, {
        ...{ bytes: manifest, mediaType, digest: descriptor.digest },
      });
      if (listed.subject === undefined) await updateFallbackIndex(client, repository, digest, [descriptor]);
      return descriptor.digest;
    },
    async close() {
      await client.close();
      await registry.close();
    },
  };
}

/** A record as a promotion to production leaves it. */
export function makeSampleRecord(more: Partial<PromotionRecord> = {}): PromotionRecord {
  const digest = digestOf('anything');
  return {
    source: { reference: 'dev.test/app:1', digest },
    targets: ['prod.test/app:1'],
    environment: 'production',
    gates: [{ name: 'Vulnerability scan', verdict: 'passed', evidence: 'Trivy' }],
    exceptions: [],
    signer: { name: 'cosign', version: '3.1.3', sha256: digest.slice(7), trustedAsGiven: false },
    policies: [{ name: 'policy.yml', digest }],
    planDigest: digest,
    inputAttestations: [],
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: '2026-01-01T00:01:00.000Z',
    ...more,
  };
}
