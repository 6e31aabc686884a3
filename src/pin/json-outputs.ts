import { z } from 'zod';

const changeSchema = z.strictObject({
  file: z.string().describe('From the root of the workspace.'),
  line: z.number().int().describe('From 1, before the change.'),
  from: z.string().describe('The whole reference as it was.'),
  to: z.string().describe('The whole reference as it is, or with dry-run would be.'),
});

/** The outputs of pin that are JSON, by their names; `schemas/pin-outputs.schema.json` is generated from it. */
export const pinJsonOutputsSchema = z.strictObject({
  changes: z.array(changeSchema).describe('By file and line.'),
});

export type ChangeOutput = z.infer<typeof changeSchema>;
