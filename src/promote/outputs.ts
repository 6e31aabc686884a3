import { DomainError } from '../base/error.ts';
import { formatReference } from '../image/reference.ts';
import type { PROMOTE_OUTPUTS } from './inputs.ts';
import type { Outcome } from './outcome.ts';

/** The outputs of a run that ended before there was an outcome; what is JSON stays JSON, so that later steps can read it. */
export const NO_OUTPUTS: Readonly<Record<keyof typeof PROMOTE_OUTPUTS, string>> = {
  result: 'failed',
  digest: '',
  image: '',
  images: '[]',
  refusals: '[]',
  vulnerabilities: '{}',
  'scan-report': '',
  sarif: '',
  plan: '',
  'plan-digest': '',
  matrix: '{}',
  record: '',
};

/** An outcome as the outputs of the action; what is not known is the empty string, or empty JSON. */
export function toOutputs(outcome: Outcome): Record<keyof typeof PROMOTE_OUTPUTS, string> {
  const digest = outcome.pinned?.digest ?? '';
  const first = outcome.targets[0];
  const isThere = outcome.result === 'promoted' || outcome.result === 'unchanged';
  const images = outcome.targets.map(({ target, result, code }) => ({
    target: formatReference(target),
    digest,
    result,
    ...(code === undefined ? {} : { code }),
  }));
  const refusals = outcome.refusals.map((refusal) => ({
    ...refusal,
    ...(refusal.findings === undefined ? {} : { findings: refusal.findings.slice(0, MAX_FINDINGS) }),
  }));
  return {
    result: outcome.result,
    digest,
    image: isThere && first !== undefined ? `${formatReference(first.target)}@${digest}` : '',
    images: JSON.stringify(images),
    refusals: JSON.stringify(refusals),
    vulnerabilities: JSON.stringify(outcome.scan?.counts ?? {}),
    'scan-report': outcome.scan?.reportPath ?? '',
    sarif: outcome.scan?.sarifPath ?? '',
    plan: outcome.plan?.path ?? '',
    'plan-digest': outcome.plan?.digest ?? '',
    matrix: '{}',
    record: outcome.evidence.flatMap(({ recordPath }) => recordPath ?? []).join('\n'),
  };
}

/** Outputs of a job are limited to 1 MB: the scan report has all findings. */
const MAX_FINDINGS = 100;

/** 0 done or nothing to do, 1 could not decide, 2 wrong use, 3 refused. */
export function toExitCode(outcome: Outcome): 0 | 1 | 2 | 3 {
  if (outcome.result === 'refused') return 3;
  if (outcome.result !== 'failed') return 0;
  return outcome.error instanceof DomainError && outcome.error.code === 'USAGE' ? 2 : 1;
}
