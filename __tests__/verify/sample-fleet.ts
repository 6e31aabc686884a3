import { digestOf } from '../../src/image/digest.ts';
import { joinResults, type VerifyOutcome } from '../../src/verify/outcome.ts';
import type { RecordEntry } from '../../src/verify/record-entry.ts';
import { makeOutcome } from './sample-chain.ts';

const DIGEST = digestOf('the image');

/** A target that has its record. */
export const RECORDED: RecordEntry = {
  ...{ item: 1, shard: '1/2', target: 'prod.test/app:1', source: 'dev.test/app:1', digest: DIGEST },
  ...{ result: 'verified', state: 'current' },
  record: {
    ...{ planDigest: digestOf('the plan'), signer: 'release.pub', actor: 'mary' },
    ...{ runUrl: 'https://github.com/acme/shop/actions/runs/7/attempts/1', finishedAt: '2026-11-21T10:01:00.000Z' },
    vulnerabilities: { CRITICAL: 0, HIGH: 2 },
  },
};

/** One that nobody promoted. */
export const UNRECORDED: RecordEntry = {
  ...{ item: 2, shard: '2/2', target: 'prod.test/late:1', source: 'dev.test/late:1', digest: DIGEST },
  ...{
    result: 'refused',
    code: 'NOT_PROMOTED',
    message: 'No promotion record.',
    hint: 'Run it again.',
    state: 'absent',
  },
};

/** One that could not be asked about. */
export const UNDECIDED: RecordEntry = {
  ...{ item: 3, shard: '1/2', target: 'prod.test/gone:1', source: 'dev.test/gone:1', digest: DIGEST },
  ...{ result: 'failed', code: 'UNAVAILABLE', message: 'no answer' },
};

/** How verify ended for a plan of these targets. */
export function makeFleetOutcome(records: readonly RecordEntry[], changes: Partial<VerifyOutcome> = {}): VerifyOutcome {
  const plan = { digest: digestOf('the whole plan'), items: records.length, shards: 2 };
  return makeOutcome([], { result: joinResults(records), fleet: { plan, records }, ...changes });
}
