import { stringify } from 'yaml';
import { type Problem, UsageError } from '../../src/base/error.ts';
import { type AnyRequest, type BatchRequest, isBatchRequest, readAnyRequest } from '../../src/batch/request.ts';
import { makeContext, type Surroundings } from '../promote/fake-step.ts';

/** One promotion of a file. */
export interface FilePromotion {
  readonly source: string;
  readonly target: string | readonly string[];
  readonly scan?: string;
}

/** `count` promotions of dev.test/app-N:1 to prod.test/app-N:1. */
export function listPromotions(count: number): FilePromotion[] {
  return Array.from({ length: count }, (_, i) => ({
    source: `dev.test/app-${i + 1}:1`,
    target: `prod.test/app-${i + 1}:1`,
  }));
}

/** The text of a promotions file. */
export function writePromotions(promotions: readonly FilePromotion[]): string {
  return stringify({ version: 1, promotions });
}

type Inputs = Readonly<Record<string, string>>;

/** Reads the inputs of a step with a promotions file `p.yml` as the action does; neither scanned nor signed unless the inputs say so. */
export function readAny(text: string, inputs: Inputs = {}, surroundings: Surroundings = {}): Promise<AnyRequest> {
  const quiet = { sign: 'false', attest: 'false', scan: 'off', promotions: 'p.yml' };
  const files = { 'p.yml': text, ...surroundings.files };
  return readAnyRequest({ ...quiet, ...inputs }, makeContext({ ...surroundings, files }));
}

/** The request of a batch of these promotions. */
export async function readBatch(
  promotions: readonly FilePromotion[],
  inputs: Inputs = {},
  surroundings: Surroundings = {},
): Promise<BatchRequest> {
  const request = await readAny(writePromotions(promotions), inputs, surroundings);
  if (!isBatchRequest(request)) throw new TypeError('this is one image');
  return request;
}

/** Everything that is wrong with such a step, each as `where: message`. */
export async function findProblems(
  text: string,
  inputs: Inputs = {},
  surroundings: Surroundings = {},
): Promise<readonly string[]> {
  try {
    await readAny(text, inputs, surroundings);
    return [];
  } catch (error) {
    if (error instanceof UsageError) return error.problems.map(({ where, message }: Problem) => `${where}: ${message}`);
    throw error;
  }
}
