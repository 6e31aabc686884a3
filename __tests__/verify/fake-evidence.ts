import type { EvidenceReader, FoundAttestation } from '../../src/chain/evidence-reader.ts';
import type { PromotionRecord } from '../../src/chain/record.ts';
import { makeRecord } from '../../src/chain/record-schema.ts';
import type { Statement } from '../../src/chain/statement.ts';
import { type Digest, digestOf } from '../../src/image/digest.ts';
import type { Repository } from '../../src/image/reference.ts';
import type { KeyAnchor } from '../../src/image/trust-anchor.ts';
import type { Verifier } from '../../src/signer/verifier.ts';
import { sampleRecord } from '../promote/sample-record.ts';

/** Trust in the key of this name; the name is all that the fakes look at. */
export function trustKey(name: string): KeyAnchor {
  return { kind: 'key', name, transparencyLog: false, key: name };
}

/** A bundle over a statement, "signed" with the key of this name. */
export function signAs(name: string, statement: Statement): Uint8Array {
  const payload = Buffer.from(JSON.stringify(statement)).toString('base64');
  return Buffer.from(
    JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: { publicKey: { hint: name } },
      dsseEnvelope: { payload, payloadType: 'application/vnd.in-toto+json', signatures: [{ sig: 'c2ln' }] },
    }),
  );
}

/** Accepts a bundle by the name of its key. */
export function createFakeVerifier(): Verifier {
  const unused = async (): Promise<never> => Promise.reject(new TypeError('not asked here'));
  return {
    async verifyBundle(bundle, _digest, _type, anchor) {
      const { verificationMaterial } = JSON.parse(Buffer.from(bundle).toString()) as {
        verificationMaterial: { publicKey: { hint: string } };
      };
      return verificationMaterial.publicKey.hint === anchor.name
        ? { valid: true }
        : { valid: false, reason: `not by ${anchor.name}` };
    },
    ...{ verifyLegacySignatures: unused, verifyLegacyAttestations: unused },
    ...{ verifyImage: unused, verifyAttestation: unused },
  };
}

/** A statement that is attached to a digest, and the key it is signed with. */
export interface FakeAttached {
  readonly digest: Digest;
  readonly by: string;
  readonly statement: Statement;
}

/** Evidence that is what the test says it is. */
export function createFakeEvidence(attached: readonly FakeAttached[]): EvidenceReader {
  return {
    findSignatures: async () => ({ verified: [], others: [], strangers: 0 }),
    async findAttestations(digest, predicateType, anchors) {
      const found = attached.filter((one) => one.digest === digest && one.statement.predicateType === predicateType);
      const verified = found.flatMap(({ by, statement }): FoundAttestation[] => {
        const anchor = anchors.find(({ name }) => name === by);
        return anchor === undefined ? [] : [{ anchor, signer: by, form: 'bundle', statement }];
      });
      const others = found.filter(({ by }) => !anchors.some(({ name }) => name === by));
      const sentences = others.map(({ by }) => `One by the key ${by} does not count`);
      return { verified, others: sentences, strangers: others.length };
    },
    close: async () => undefined,
  };
}

/** The record of a promotion to this repository, with the former ones inside. */
export function makeSampleStatement(
  repository: Repository,
  digest: Digest,
  changes: Partial<PromotionRecord> = {},
  former: readonly Uint8Array[] = [],
): Statement<PromotionRecord> {
  const inputAttestations = former.map((bundle) => ({
    uri: `oci://${repository}@${digestOf(bundle)}`,
    digest: { sha256: digestOf(bundle).slice(7) },
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    content: Buffer.from(bundle).toString('base64'),
  }));
  return makeRecord(repository, digest, sampleRecord({ inputAttestations, ...changes }));
}
