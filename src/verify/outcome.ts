import { redactError } from '../base/redact-error.ts';
import type { ImageChain } from './chain.ts';
import type { PlannedTargets } from './planned-target.ts';
import type { RecordEntry } from './record-entry.ts';

/** How verify ended: `refused` where an image was not promoted by anybody who is trusted, `failed` where that could not be decided. */
export type VerifyResult = 'verified' | 'refused' | 'failed';

/** What is known when verify ends, whichever way. */
export interface VerifyOutcome {
  readonly result: VerifyResult;
  /** One entry an image, in the order they were named; empty when nothing could be looked at. */
  readonly images: readonly ImageChain[];
  /** Of a plan, one entry a target, in its order; undefined where images were asked about. */
  readonly fleet?: FleetOutcome | undefined;
  readonly environment: string | undefined;
  /** Of the run, in seconds. */
  readonly seconds: number;
  /** What ended the whole run. */
  readonly error: unknown;
}

/** What became of an approved plan. */
export interface FleetOutcome {
  readonly plan: Pick<PlannedTargets, 'digest' | 'items' | 'shards'>;
  readonly records: readonly RecordEntry[];
}

/** The worst of several images or records: what could not be decided comes before what was refused. */
export function joinResults(all: readonly { readonly result: VerifyResult }[]): VerifyResult {
  if (all.length === 0 || all.some(({ result }) => result === 'failed')) return 'failed';
  return all.some(({ result }) => result === 'refused') ? 'refused' : 'verified';
}

/** An outcome whose free texts hold no secret. */
export function redactVerifyOutcome(outcome: VerifyOutcome, redact: (text: string) => string): VerifyOutcome {
  return {
    ...outcome,
    images: outcome.images.map((image) => ({
      ...image,
      ...(image.message === undefined ? {} : { message: redact(image.message) }),
      ...(image.hint === undefined ? {} : { hint: redact(image.hint) }),
      ...(image.stages === undefined
        ? {}
        : {
            stages: image.stages.map((stage) => ({
              ...stage,
              ...(stage.reason === undefined ? {} : { reason: redact(stage.reason) }),
            })),
          }),
    })),
    ...(outcome.fleet === undefined ? {} : { fleet: redactFleet(outcome.fleet, redact) }),
    error: redactError(outcome.error, redact),
  };
}

function redactFleet({ plan, records }: FleetOutcome, redact: (text: string) => string): FleetOutcome {
  return {
    plan,
    records: records.map((entry) => ({
      ...entry,
      ...(entry.message === undefined ? {} : { message: redact(entry.message) }),
      ...(entry.hint === undefined ? {} : { hint: redact(entry.hint) }),
    })),
  };
}
