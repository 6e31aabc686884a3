import type { FoundAttestation } from '../chain/evidence-reader.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import { readField } from '../policy/json-field.ts';
import { readPredicateTime } from '../policy/predicate-time.ts';
import type { SignerRole } from '../policy/trust.ts';
import type { PromoteRequest } from './request.ts';

/** The SBOM of one platform, as it was attested. */
export interface AttestedSbom {
  /** The document itself, as JSON. */
  readonly bytes: Uint8Array;
  /** The predicate type. */
  readonly type: string;
  readonly signer: string;
}

/** SBOM predicates, with and without the version that some tools add. https://github.com/in-toto/attestation/tree/main/spec/predicates */
export const SBOM_TYPES: readonly string[] = [
  ...['https://cyclonedx.org/bom', 'https://spdx.dev/Document'],
  ...['1.4', '1.5', '1.6', '1.7'].map((version) => `https://cyclonedx.org/bom/v${version}`),
  ...['2.2', '2.3'].map((version) => `https://spdx.dev/Document/v${version}`),
];

/** Whoever vouches for the image or for scans of it may say what is in it. */
export const SBOM_ROLES: readonly SignerRole[] = ['source', 'scan'];

/** True when SBOMs are scanned instead of layers. */
export function scansSboms({ scan }: EffectivePolicy): boolean {
  return scan.mode !== 'off' && scan.from === 'sbom';
}

/** Why SBOMs cannot be scanned with this policy: nobody is trusted to have attested one. Undefined when somebody is, or when they are not scanned. For the check of the request. */
export function explainNoSbomSigner(
  policy: EffectivePolicy,
  sourceAnchor: PromoteRequest['sourceAnchor'],
): string | undefined {
  const isNamed = policy.signers.some(({ signers }) => signers.some(({ role }) => SBOM_ROLES.includes(role)));
  if (!scansSboms(policy) || isNamed || sourceAnchor !== undefined) return undefined;
  return 'scans attested SBOMs (scan.from: sbom), and neither a signer of the role source or scan nor an input names anybody who may have attested them.';
}

/** An SBOM that was found, and how it compares with others. */
export interface FoundSbom extends Pick<FoundAttestation, 'signer' | 'manifest'> {
  readonly type: string;
  readonly document: Uint8Array;
  /** Milliseconds since 1970; -Infinity where it does not say when it was made. */
  readonly time: number;
}

/** Takes the document out of a statement. */
export function toSbom({ statement, signer, manifest }: FoundAttestation, type: string): FoundSbom {
  const predicate = unwrapDocument(readField(statement, ['predicate']));
  const made = readPredicateTime(type, predicate);
  const text = typeof predicate === 'string' ? predicate : (writeJson(predicate) ?? '');
  return {
    ...{ type, signer, document: Buffer.from(text) },
    ...(manifest === undefined ? {} : { manifest }),
    time: made.kind === 'known' ? made.time.getTime() : Number.NEGATIVE_INFINITY,
  };
}

/** cosign wraps what it does not parse: the document is the predicate, or its `Data`, as JSON or as a text that holds it. */
function unwrapDocument(predicate: unknown): unknown {
  const isDocument = ['bomFormat', 'spdxVersion'].some((key) => readField(predicate, [key]) !== undefined);
  const inner = isDocument ? predicate : (readField(predicate, ['Data']) ?? predicate);
  if (typeof inner !== 'string') return inner;
  try {
    return JSON.parse(inner) as unknown;
  } catch {
    return inner;
  }
}

/** Undefined for nothing, and for what nests too deeply to be written: the scan says of it that it is no SBOM. */
function writeJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
