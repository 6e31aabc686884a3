import { generateKeyPairSync } from 'node:crypto';
import { buildImage } from '../../lab/image/image.ts';
import type { EvidenceReader, FoundAttestation, FoundSignature } from '../../src/chain/evidence-reader.ts';
import { toDigestSet } from '../../src/chain/statement.ts';
import { type Digest, digestOf } from '../../src/image/digest.ts';
import type { TrustAnchor } from '../../src/image/trust-anchor.ts';
import { decide } from '../../src/promote/plan.ts';
import type { EvidenceContext } from '../../src/promote/required-attestations.ts';
import type { ReliedEvidence } from '../../src/promote/source-evidence.ts';
import type { SourcePlatform } from '../../src/promote/source-platforms.ts';
import { contentOf } from '../transfer/transfer-room.ts';
import { NOW } from './fake-ports.ts';
import { readStep } from './fake-step.ts';

export const ROOT = digestOf('root');
export const AMD64: SourcePlatform = { digest: digestOf('amd64'), names: ['linux/amd64'], isImage: true };
export const ARM64: SourcePlatform = { digest: digestOf('arm64'), names: ['linux/arm64'], isImage: true };

/** Something signed about a digest: by the key in this file. */
export interface Attached {
  readonly by: string;
  readonly about: Digest;
  /** Without it, a signature. */
  readonly type?: string;
  readonly predicate?: unknown;
  readonly legacy?: boolean;
}

/** The key files that policies may name. */
const FILES: Readonly<Record<string, string>> = Object.fromEntries(
  ['dev', 'other', 'qa', 'scan', 'build'].map((name) => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return [`keys/${name}.pub`, publicKey.export({ type: 'spki', format: 'pem' }).toString()];
  }),
);

/** A reader for which everything attached verifies by its key, and what it was asked for. */
export interface FakeReader extends EvidenceReader {
  readonly asked: string[];
}

export function makeReader(attached: readonly Attached[]): FakeReader {
  const asked: string[] = [];
  const find = (about: Digest, type: string | undefined, anchors: readonly TrustAnchor[]) => {
    asked.push(`${type ?? 'signature'} ${about}`);
    const mine = attached.filter((entry) => entry.about === about && entry.type === type);
    const judged = mine.map((entry) => ({
      entry,
      anchor: anchors.find((anchor) => anchor.kind === 'key' && anchor.key === FILES[entry.by]),
    }));
    return {
      verified: judged.flatMap(({ entry, anchor }) => (anchor === undefined ? [] : [{ entry, anchor }])),
      others: judged.flatMap(({ entry, anchor }) => (anchor === undefined ? [`one by ${entry.by}`] : [])),
      strangers: judged.filter(({ anchor }) => anchor === undefined).length,
    };
  };
  const describe = ({ by, about, type, legacy }: Attached, anchor: TrustAnchor) => ({
    ...{ anchor, signer: by, form: legacy === true ? ('legacy' as const) : ('bundle' as const) },
    ...(legacy === true ? {} : { manifest: manifestOf(by, about, type) }),
  });
  return {
    asked,
    async findSignatures(about, anchors) {
      const { verified, ...rest } = find(about, undefined, anchors);
      const found = verified.map(
        ({ entry, anchor }): FoundSignature => ({ ...describe(entry, anchor), annotations: {} }),
      );
      return { verified: found, ...rest };
    },
    async findAttestations(about, type, anchors) {
      const { verified, ...rest } = find(about, type, anchors);
      const found = verified.map(
        ({ entry, anchor }): FoundAttestation => ({
          ...describe(entry, anchor),
          statement: {
            _type: 'https://in-toto.io/Statement/v1',
            subject: [{ digest: toDigestSet(about) }],
            predicateType: type,
            predicate: 'predicate' in entry ? entry.predicate : {},
          },
        }),
      );
      return { verified: found, ...rest };
    },
    close: async () => undefined,
  };
}

/** The referrer that holds it. */
export function manifestOf(by: string, about: Digest, type?: string): Digest {
  return digestOf(`${by} ${about} ${type ?? 'signature'}`);
}

/** A request under these policies, whose key files hold what `makeReader` verifies by. */
export async function requestUnder(
  policies: readonly object[],
  inputs: Readonly<Record<string, string>> = {},
): Promise<EvidenceContext['request']> {
  const texts = policies.map((policy, i) => [`p${i}.yml`, JSON.stringify({ version: 1, ...policy })] as const);
  const files = { ...FILES, ...Object.fromEntries(texts) };
  const places = {
    source: 'dev.test/app:1',
    target: 'prod.test/app:1',
    policy: texts.map(([name]) => name).join('\n'),
  };
  return readStep({ ...places, scan: 'off', ...inputs }, { files });
}

/** What evidence is looked for in: an index of these platforms, or an image that stands alone. */
export function makeEvidenceContext(
  request: EvidenceContext['request'],
  reader: EvidenceReader,
  platforms: readonly SourcePlatform[] = [{ digest: ROOT, names: [], isImage: true }],
): EvidenceContext {
  return { request, digest: ROOT, platforms: { list: async () => platforms }, reader, now: NOW };
}

/** The request when it carries out a plan that rests on this evidence. */
export function approve(
  request: EvidenceContext['request'],
  evidence: readonly ReliedEvidence[],
): EvidenceContext['request'] {
  const plan = decide(request, { source: contentOf(buildImage()), targets: [] }, evidence);
  return { ...request, plan };
}
