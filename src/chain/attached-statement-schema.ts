import { z } from 'zod';

/** The parts of an in-toto statement of either version that a verifier needs; all else is kept as it was signed. https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export const attachedStatementSchema = z.looseObject({
  _type: z.string().startsWith('https://in-toto.io/Statement/'),
  subject: z
    .array(
      z.looseObject({
        name: z.string().nullish(),
        digest: z.record(z.string(), z.string()).nullish(),
        annotations: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .min(1)
    .max(10_000),
  predicateType: z.string().min(1).max(500),
  predicate: z.unknown(),
});
