import { z } from 'zod';
import { SEVERITIES } from '../image/finding.ts';

/** One attestation that an image carries now. */
const attestationSchema = z.strictObject({
  image: z.string().describe('As it was named.'),
  digest: z.string().describe('The digest that was scanned, and that it is attached to.'),
  predicateType: z.string(),
  result: z
    .enum(['attached', 'unchanged'])
    .describe(
      'unchanged: the same signer had attested a scan by the same scanner and database within the last hour, or within half of what the policy allows as `maxAge`.',
    ),
  manifest: z.string().optional().describe('The referrer that holds it; absent for one in a legacy tag.'),
});

/** The outputs of scan that are JSON, by their names; `schemas/scan-outputs.schema.json` is generated from it. */
export const scanJsonOutputsSchema = z.strictObject({
  vulnerabilities: z
    .strictObject(Object.fromEntries(SEVERITIES.map((severity) => [severity, z.number().int().optional()])))
    .describe('All findings by severity, over all images and platforms; empty when nothing was scanned.'),
  attestations: z
    .array(attestationSchema)
    .describe('One entry an image that carries its scan, in the order of images.'),
});

export type AttestationOutput = z.infer<typeof attestationSchema>;
