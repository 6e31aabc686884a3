import { z } from 'zod';
import { SEVERITIES } from '../image/finding.ts';
import { attestationSchema } from './attestation-schema.ts';
import { IMAGE_RULES, IMAGE_VERIFICATIONS } from './image-rules.ts';
import {
  day,
  duration,
  exceptedImage,
  imagePattern,
  imageReference,
  path,
  registryHost,
  sentence,
  tagName,
  textField,
} from './schema-fields.ts';
import { parseSeverities } from './severities.ts';
import { signatureSchema, signerSchema } from './signer-schema.ts';

const allow = z
  .array(imagePattern)
  .describe(
    'What is allowed: host/*, host/path/* (any depth below) or host/repository. Without this key, everything is.',
  );
const forbidTags = z
  .array(tagName)
  .describe(
    'Tags that are refused, in upper or lower case. Default: latest, stable, main, master, edge, nightly, without what the policy names as its channels.',
  );
const reason = sentence.describe('Why this is acceptable; it goes into the record.');
const expires = day.describe('The last day (YYYY-MM-DD, UTC) on which this holds.');

const sources = z.strictObject({ allow: allow.optional() }).describe('Where images may come from.');

const targets = z
  .strictObject({
    allow: allow.optional(),
    forbidTags: forbidTags.optional(),
    channels: z
      .array(tagName)
      .optional()
      .describe(
        'Tags that may move from one digest to the next, with existing-tag: move; nothing else ever moves. Every policy that speaks of targets must name them. Default: none.',
      ),
  })
  .describe('Where images may go to.');

const images = z
  .strictObject({
    allow: allow.optional(),
    requireDigest: z.boolean().optional().describe('Refuse an image without a digest. Default: true.'),
    forbidTags: forbidTags.optional(),
    verify: z
      .enum(IMAGE_VERIFICATIONS)
      .optional()
      .describe(
        'What an image must have at its registry: a manifest (exists), a signature by a signer of the role source or promotion (signed), the record of its promotion (promoted). Default: off.',
      ),
    scan: z
      .enum(['enforce', 'report', 'off'])
      .optional()
      .describe(
        'Whether images are scanned, and findings refuse (enforce) or are only told (report); the keys under scan say which. Default: off.',
      ),
    exceptions: z
      .array(
        z.strictObject({
          image: exceptedImage.describe(
            'The image, as a pattern, or a text with a variable exactly as the file has it.',
          ),
          rule: z.enum(IMAGE_RULES).describe('The rule that it may break.'),
          reason,
          expires,
        }),
      )
      .optional()
      .describe('Images that may break a rule until a day. Every policy that speaks of images must name them.'),
  })
  .describe('What workload files may name.');

const severity = z
  .array(z.enum(SEVERITIES))
  .superRefine((list, context) => {
    const { problem } = parseSeverities(list);
    if (problem === undefined) return;
    context.addIssue({ code: 'custom', message: problem.message, params: { fix: problem.fix } });
  })
  .describe(
    'Severities that refuse: CRITICAL and what follows it without a gap, and UNKNOWN if wanted. Default: CRITICAL.',
  );

const ignored = z.strictObject({
  id: textField({
    is: (text) => /^[A-Za-z0-9][A-Za-z0-9._:-]*$/.test(text),
    what: 'the id of a vulnerability',
    fix: 'Name one vulnerability, such as CVE-2026-1234; there are no wildcards.',
    pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]*$',
  }).describe('The vulnerability, such as CVE-2026-1234.'),
  package: sentence
    .optional()
    .describe('The package, by its name or its package URL (pkg:…). Without it: every package.'),
  reason,
  expires,
});

const allowedIncomplete = z.strictObject({
  image: imagePattern.describe('The source image, as a pattern.'),
  platform: textField({
    is: (text) => /^(unknown|[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9]+)?)$/.test(text),
    what: 'a platform',
    fix: 'Write os/architecture or os/architecture/variant, such as windows/amd64.',
    pattern: '^(unknown|[a-z0-9]+/[a-z0-9_]+(/[a-z0-9]+)?)$',
  }).describe('The platform, such as windows/amd64; unknown for what has none.'),
  reason,
  expires,
});

const scan = z
  .strictObject({
    mode: z
      .enum(['enforce', 'report', 'off'])
      .optional()
      .describe(
        'Whether findings refuse (enforce), are only told (report), or nothing is scanned (off). Default: enforce.',
      ),
    severity: severity.optional(),
    ignoreUnfixed: z.boolean().optional().describe('Let findings pass that have no fix yet. Default: false.'),
    ignore: z.array(ignored).optional().describe('Vulnerabilities that are accepted until a day.'),
    vex: z.array(path).optional().describe('OpenVEX files; what they say is not affected does not refuse.'),
    allowIncomplete: z
      .array(allowedIncomplete)
      .optional()
      .describe('Platforms that may pass although the scanner cannot judge them, until a day.'),
    databases: z
      .array(imageReference)
      .min(1)
      .optional()
      .describe(
        'Mirrors of the vulnerability database, tried in order. Default: mirror.gcr.io/aquasec/trivy-db:2, ghcr.io/aquasecurity/trivy-db:2.',
      ),
    javaDatabases: z
      .array(imageReference)
      .min(1)
      .optional()
      .describe(
        'Mirrors of the Java database, tried in order. Default: mirror.gcr.io/aquasec/trivy-java-db:1, ghcr.io/aquasecurity/trivy-java-db:1.',
      ),
    maxDatabaseAge: duration
      .optional()
      .describe('How old the vulnerability database may be: 90s, 30m, 48h, 7d. Default: 48h.'),
    from: z
      .enum(['image', 'sbom'])
      .optional()
      .describe(
        'What is scanned: the image, or its attested SBOM, which is weaker evidence and recorded as such. Where any policy says image, or speaks of the scan and not of this, the image is. Default: image.',
      ),
  })
  .describe('What the vulnerability scan must say.');

const sections = {
  sources: sources.optional(),
  targets: targets.optional(),
  images: images.optional(),
  scan: scan.optional(),
  signers: z
    .array(signerSchema)
    .optional()
    .describe('Who is trusted to have signed what; several at once, so that keys can rotate.'),
  attestations: z
    .strictObject({
      require: z
        .array(attestationSchema)
        .optional()
        .describe('Attestations the source must carry, for its exact digest. What several policies require adds up.'),
    })
    .optional()
    .describe('What must be attested.'),
  checks: z
    .strictObject({ require: z.array(sentence).optional().describe('Checks as name or name@app-slug.') })
    .optional()
    .describe('What must have succeeded on the commit the image was built from.'),
  signature: signatureSchema.optional(),
  upload: z
    .enum(['after-gates', 'during-gates'])
    .optional()
    .describe(
      'When bytes may go to the target: once every gate has passed (after-gates), or, blobs only and never a manifest or a tag, while the image is fetched and scanned (during-gates). Where any policy says after-gates, it is. Default: after-gates.',
    ),
  registries: z
    .strictObject({
      insecure: z
        .array(registryHost)
        .optional()
        .describe('Registries that may be spoken to over plain HTTP or with a certificate nobody vouches for.'),
      ca: z
        .union([path, z.array(path)])
        .optional()
        .describe('Files with certificate authorities to trust besides those of the system.'),
    })
    .optional()
    .describe('How registries are reached.'),
};

const environment = z.strictObject({
  ...sections,
  targets: z
    .union([allow, targets])
    .optional()
    .describe(
      'The targets of this environment: a list of patterns, or the same keys as under targets. A target outside is refused here, and one inside everywhere else.',
    ),
});

const environmentName = textField({
  is: (text) => /^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,254}$/.test(text),
  what: 'the name of an environment',
  fix: 'Use letters, digits, spaces and . _ / -, starting with a letter or digit.',
  pattern: '^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,254}$',
});

/** The policy file, strict: what it does not know it refuses. Durations come out in milliseconds. */
export const policySchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where editors find this schema.'),
    version: z.literal(1).describe('The version of this format.'),
    ...sections,
    environments: z
      .record(environmentName, environment)
      .optional()
      .describe('What differs per environment: each key replaces the one above.'),
  })
  .meta({
    title: 'promote-image policy',
    description: 'What must hold for a container image to be promoted. Inputs of the action may only tighten it.',
  });

/** One policy, as one file states it. */
export type Policy = z.output<typeof policySchema>;
/** Who is trusted to have signed what. */
export type Signer = z.output<typeof signerSchema>;
/** An attestation that a policy requires of the source. */
export type StatedAttestation = z.output<typeof attestationSchema>;
/** What a policy states for everything, or for one environment. */
export type PolicySections = Omit<Policy, '$schema' | 'version' | 'environments'>;
/** One environment of a policy. */
export type PolicyEnvironment = z.output<typeof environment>;

/** The JSON Schema of the policy file, for editors: what `schemas/policy.schema.json` holds. */
export function describePolicySchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(policySchema, { io: 'input' });
}
