import type { z } from 'zod';
import type { recordSchema } from './record-schema.ts';

/** The predicate type of a promotion record: a digest was approved for these targets. Whether a tag points there today is another question. */
export const RECORD_PREDICATE = 'https://promote-image.github.io/promotion/v1';

export type PromotionRecord = z.infer<typeof recordSchema>;
