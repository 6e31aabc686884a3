import { type Digest, digestAlgorithm, digestHex } from '../image/digest.ts';

/** An in-toto Statement v1; https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export interface Statement<Predicate = unknown> {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly ResourceDescriptor[];
  readonly predicateType: string;
  readonly predicate: Predicate;
}

/** An in-toto ResourceDescriptor: what a statement is about, or refers to; https://github.com/in-toto/attestation/blob/main/spec/v1/resource_descriptor.md */
export interface ResourceDescriptor {
  readonly name?: string;
  readonly uri?: string;
  readonly digest?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly mediaType?: string;
  /** Base64. */
  readonly content?: string;
}

/** The predicate type of what `cosign sign` writes. */
export const SIGNATURE_PREDICATE = 'https://sigstore.dev/cosign/sign/v1';

/** A statement about one subject. */
export function makeStatement<Predicate>(
  subject: ResourceDescriptor,
  predicateType: string,
  predicate: Predicate,
): Statement<Predicate> {
  return { _type: 'https://in-toto.io/Statement/v1', subject: [subject], predicateType, predicate };
}

/** The statement that `cosign sign -a key=value…` would sign: annotations stand at the subject. */
export function makeSignature(digest: Digest, annotations: Readonly<Record<string, string>>): Statement {
  return makeStatement({ digest: toDigestSet(digest), annotations }, SIGNATURE_PREDICATE, {});
}

/** A digest as in-toto writes it: `{"sha256": "hex"}`. */
export function toDigestSet(digest: Digest): Record<string, string> {
  return { [digestAlgorithm(digest)]: digestHex(digest) };
}
