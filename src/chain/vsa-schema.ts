import { z } from 'zod';

const descriptor = z.looseObject({
  uri: z.string().optional(),
  digest: z.record(z.string(), z.string()).optional(),
});

/** The predicate of a VSA as this project writes it; other verifiers' have more. */
export const vsaSchema = z.looseObject({
  verifier: z.looseObject({ id: z.string(), version: z.record(z.string(), z.string()).optional() }),
  timeVerified: z.string(),
  resourceUri: z.string(),
  policy: descriptor,
  inputAttestations: z.array(descriptor).optional(),
  verificationResult: z.literal('PASSED'),
  verifiedLevels: z.array(z.string()),
  slsaVersion: z.string().optional(),
});
