import { z } from 'zod';
import {
  findTimeFields,
  PROMOTION_TYPE,
  PROVENANCE_TYPES,
  SHORT_NAMES,
  SIGNATURE_TYPE,
  VULNERABILITY_TYPES,
} from './predicate-types.ts';
import { builderPattern, duration, gitReference, sentence, sourceRepository } from './schema-fields.ts';
import { signerRole } from './signer-schema.ts';

const predicateType = z
  .string('a predicate type')
  .superRefine((text, context) => {
    if (/^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/.test(text)) return;
    const meant = Object.hasOwn(SHORT_NAMES, text) ? SHORT_NAMES[text] : undefined;
    const fix =
      meant === undefined
        ? 'Write the type as it stands in the attestation, a URI.'
        : `Write ${meant}, as it stands in the attestation.`;
    context.addIssue({ code: 'custom', message: `${JSON.stringify(text)} is not a predicate type.`, params: { fix } });
  })
  .meta({ pattern: '^[a-z][a-z0-9+.-]*:\\S+$' });

/** An attestation that the source must carry, for its exact digest. */
export const attestationSchema = z
  .strictObject({
    type: predicateType.describe(
      'The predicate type, such as https://cosign.sigstore.dev/attestation/vuln/v1 or https://slsa.dev/provenance/v1.',
    ),
    role: signerRole.describe(
      'Whose signature it must carry: that of a signer of this role, for each policy that names any.',
    ),
    maxAge: duration
      .optional()
      .describe('How old it may be by what it says of itself: 48h, 7d. Without this key: any age.'),
    scanner: sentence
      .optional()
      .describe('Of a scan: the scanner, such as trivy, in upper or lower case; a part of its address or its vendor.'),
    builder: builderPattern
      .optional()
      .describe(
        'Of SLSA provenance: the id of the builder, exactly, or all below a path with /* or @* at its end, such as https://github.com/org/builds/.github/workflows/build.yml@*.',
      ),
    repository: sourceRepository
      .optional()
      .describe('Of SLSA provenance: the source repository, owner/name on github.com or host/path elsewhere.'),
    branch: gitReference
      .optional()
      .describe('Of SLSA provenance: the branch that was built, such as main, or a full ref such as refs/tags/v1.0.'),
    environment: sentence.optional().describe('Of a promotion record: the environment it was promoted to, such as qa.'),
    level: z
      .enum(['SLSA_BUILD_LEVEL_1', 'SLSA_BUILD_LEVEL_2', 'SLSA_BUILD_LEVEL_3'])
      .optional()
      .describe(
        'Of SLSA provenance: what provenance by this builder is worth. It goes into the verification summary of the target.',
      ),
  })
  .superRefine((value, context) => {
    for (const [message, fix] of findFlaws(value)) context.addIssue({ code: 'custom', message, params: { fix } });
  });

type Stated = z.output<typeof attestationSchema>;

/** The conditions that only some types can meet; on any other, nothing would ever pass. */
const CONDITIONS: readonly (readonly [keys: readonly (keyof Stated)[], types: readonly string[], what: string])[] = [
  [['scanner'], VULNERABILITY_TYPES, 'scans'],
  [['builder', 'repository', 'branch', 'level'], PROVENANCE_TYPES, 'SLSA provenance'],
  [['environment'], [PROMOTION_TYPE], 'promotion records'],
];

function findFlaws(required: Stated): readonly (readonly [message: string, fix: string])[] {
  const { type } = required;
  if (type === SIGNATURE_TYPE) {
    return [['this is the type of signatures.', 'Remove it: naming signers of the role source demands a signature.']];
  }
  const flaws = CONDITIONS.flatMap(([keys, types, what]): (readonly [string, string])[] => {
    const stated = keys.filter((key) => required[key] !== undefined);
    if (stated.length === 0 || types.includes(type)) return [];
    const message = `${stated.join(' and ')} can only be asked of ${what}, and the type is ${type}.`;
    return [[message, `Remove it, or require one of ${types.join(', ')}.`]];
  });
  if (required.maxAge !== undefined && findTimeFields(type) === undefined) {
    flaws.push([`it is not known where ${type} says when it was made.`, 'Remove maxAge.']);
  }
  if (required.level !== undefined && required.builder === undefined) {
    flaws.push(['level says what provenance by a builder is worth, and no builder is named.', 'Add builder.']);
  }
  return flaws;
}
