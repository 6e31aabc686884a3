import type { z } from 'zod';
import { type Digest, digestOf } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import { type ResourceDescriptor, type Statement, toDigestSet } from './statement.ts';
import type { vsaSchema } from './vsa-schema.ts';

/** The predicate type of a SLSA Verification Summary Attestation; https://slsa.dev/spec/v1.1/verification_summary */
export const VSA_PREDICATE = 'https://slsa.dev/verification_summary/v1';

/** Who verified: what `slsa-verifier verify-vsa --verifier-id` is given. */
export const VSA_VERIFIER = 'https://promote-image.github.io/verifier';

export type VsaPredicate = z.infer<typeof vsaSchema>;

/** What a promotion has to say in a VSA. */
export interface VsaFacts {
  readonly repository: Repository;
  readonly digest: Digest;
  /** The images of an index, for a verifier that was given one of them. */
  readonly children?: readonly Digest[];
  readonly environment?: string | undefined;
  /** `SLSA_BUILD_LEVEL_n`, only from verified provenance. */
  readonly level?: string | undefined;
  readonly policies: readonly { readonly name: string; readonly digest: Digest }[];
  /** What was relied on: verified evidence at the source, records of former stages. */
  readonly inputAttestations: readonly ResourceDescriptor[];
  /** Tool names and their versions. */
  readonly versions: Readonly<Record<string, string>>;
  readonly verifiedAt: Date;
}

/** The summary that slsa-verifier and other systems read instead of our record. It only ever says PASSED: what failed is not attached, since one bad attestation of a type spoils verification for ever. */
export function makeVsa(facts: VsaFacts): Statement<VsaPredicate> {
  const { repository, digest, environment, level, verifiedAt } = facts;
  const digests = [...new Set([digest, ...(facts.children ?? [])])];
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: digests.map((each) => ({ name: repository, digest: toDigestSet(each) })),
    predicateType: VSA_PREDICATE,
    predicate: {
      verifier: { id: VSA_VERIFIER, version: { ...facts.versions } },
      timeVerified: verifiedAt.toISOString(),
      resourceUri: `oci://${repository}`,
      policy: describePolicy(facts.policies),
      inputAttestations: facts.inputAttestations.map(({ uri, digest: set }) => ({
        ...(uri === undefined ? {} : { uri }),
        ...(set === undefined ? {} : { digest: { ...set } }),
      })),
      verificationResult: 'PASSED',
      verifiedLevels: [...(level === undefined ? [] : [level]), promotedLevel(environment)],
      slsaVersion: '1.1',
    },
  };
}

/** `PROMOTED_PRODUCTION` and the like: a level of our own, which verifiers compare as it is. */
export function promotedLevel(environment: string | undefined): string {
  const name = (environment ?? '').toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return name === '' ? 'PROMOTED' : `PROMOTED_${name}`;
}

/** A VSA names one policy: of several, the list of their names and digests is what is hashed. */
function describePolicy(policies: VsaFacts['policies']): VsaPredicate['policy'] {
  const [only] = policies;
  if (only !== undefined && policies.length === 1)
    return { uri: encodeURI(only.name), digest: toDigestSet(only.digest) };
  const list = JSON.stringify(policies.map(({ name, digest }) => ({ name, digest })));
  const uri = policies.length === 0 ? 'about:blank' : policies.map(({ name }) => encodeURIComponent(name)).join(',');
  return { uri, digest: toDigestSet(digestOf(list)) };
}
