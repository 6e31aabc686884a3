import { z } from 'zod';
import { IMAGE_RULES } from '../policy/image-rules.ts';

/** One rule that is broken at one place. */
const findingSchema = z.strictObject({
  file: z.string().describe('From the root of the workspace; `-` for standard input.'),
  line: z.number().int().optional().describe('From 1; absent for standard input.'),
  column: z.number().int().optional().describe('From 1, in UTF-16 units; absent for standard input.'),
  image: z.string().describe('As it is written there; empty for a file that cannot be read.'),
  rule: z.enum([...IMAGE_RULES, 'unreadable-file']),
  message: z.string(),
  level: z.literal('warning').optional().describe('Present where it refuses nothing, as with scan: report.'),
});

/** The outputs of check that are JSON, by their names; `schemas/check-outputs.schema.json` is generated from it. */
export const checkJsonOutputsSchema = z.strictObject({
  findings: z.array(findingSchema).describe('By file and line.'),
  images: z.array(z.string()).describe('The distinct images that the files name, as they are written.'),
});

export type FindingOutput = z.infer<typeof findingSchema>;
