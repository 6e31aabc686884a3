/** The predicate type of a promotion record. */
export const PROMOTION_TYPE = 'https://promote-image.github.io/promotion/v1';
/** The predicate type of what `cosign sign` writes: a signature, never an attestation. */
export const SIGNATURE_TYPE = 'https://sigstore.dev/cosign/sign/v1';
/** The predicate type of the verification summary beside a record. */
export const SUMMARY_TYPE = 'https://slsa.dev/verification_summary/v1';
/** The predicate type of the scans that this tool attests. */
export const SCAN_TYPE = 'https://cosign.sigstore.dev/attestation/vuln/v1';

const SLSA_V1 = 'https://slsa.dev/provenance/v1';
const SLSA_V02 = 'https://slsa.dev/provenance/v0.2';

/** https://slsa.dev/spec/v1.1/provenance and https://slsa.dev/spec/v0.2/provenance */
export const PROVENANCE_TYPES: readonly string[] = [SLSA_V1, SLSA_V02];

/** Results of vulnerability scanners: cosign's own, and that of in-toto; https://github.com/sigstore/cosign/blob/main/specs/COSIGN_VULN_ATTESTATION_SPEC.md */
export const VULNERABILITY_TYPES: readonly string[] = [
  SCAN_TYPE,
  'https://in-toto.io/attestation/vulns/v0.1',
  'https://in-toto.io/attestation/vulns/v0.2',
];

/** What cosign calls types for short; a policy names the type itself. */
export const SHORT_NAMES: Readonly<Record<string, string>> = {
  vuln: SCAN_TYPE,
  slsaprovenance: SLSA_V02,
  slsaprovenance02: SLSA_V02,
  slsaprovenance1: SLSA_V1,
  spdx: 'https://spdx.dev/Document',
  spdxjson: 'https://spdx.dev/Document',
  cyclonedx: 'https://cyclonedx.org/bom',
  openvex: 'https://openvex.dev/ns',
};

/** Where each type says when it was made: the first of these fields that is there. A time before the end makes it older, never younger. */
const TIMES: readonly (readonly [types: readonly string[], fields: readonly (readonly string[])[]])[] = [
  [
    VULNERABILITY_TYPES,
    [
      ['metadata', 'scanFinishedOn'],
      ['metadata', 'scanStartedOn'],
    ],
  ],
  [[PROMOTION_TYPE], [['finishedAt']]],
  [
    [SLSA_V1],
    [
      ['runDetails', 'metadata', 'finishedOn'],
      ['runDetails', 'metadata', 'startedOn'],
    ],
  ],
  [
    [SLSA_V02],
    [
      ['metadata', 'buildFinishedOn'],
      ['metadata', 'buildStartedOn'],
    ],
  ],
  [[SUMMARY_TYPE], [['timeVerified']]],
  [['https://cosign.sigstore.dev/attestation/v1'], [['Timestamp']]],
  [['https://spdx.dev/Document'], [['creationInfo', 'created']]],
  [['https://cyclonedx.org/bom'], [['metadata', 'timestamp']]],
];

/** The fields in which predicates of a type say when they were made; undefined for a type that we do not know. */
export function findTimeFields(predicateType: string): readonly (readonly string[])[] | undefined {
  // SBOM types carry their version: https://spdx.dev/Document/v2.3
  const base = predicateType.replace(/^(https:\/\/(?:spdx\.dev\/Document|cyclonedx\.org\/bom))\/v[0-9.]+$/, '$1');
  return TIMES.find(([types]) => types.includes(base))?.[1];
}
