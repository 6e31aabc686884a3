import { digestOf } from '../../src/image/digest.ts';
import type { ImageChain, RecordFacts } from '../../src/verify/chain.ts';
import type { VerifyOutcome } from '../../src/verify/outcome.ts';

export const DIGEST = digestOf('the image');

const facts = (from: string): RecordFacts => ({
  source: { reference: from, digest: DIGEST },
  ...{ revision: 'c0ffee', revisionEvidence: 'provenance', actor: 'mary', pipelineRepository: 'acme/shop' },
  runUrl: 'https://github.com/acme/shop/actions/runs/7/attempts/1',
  ...{ startedAt: '2026-11-21T10:00:00.000Z', finishedAt: '2026-11-21T10:01:00.000Z' },
  gates: [{ name: 'Vulnerability scan', verdict: 'passed', evidence: 'nothing of severity CRITICAL' }],
  vulnerabilities: { CRITICAL: 0, HIGH: 2 },
  sourceEvidence: [{ kind: 'attestation', type: 'https://slsa.dev/provenance/v1', signer: 'the builder' }],
  exceptions: [],
});

/** An image that went from dev over qa to prod. */
export const VERIFIED: ImageChain = {
  ...{ image: 'prod.test/app:1', result: 'verified', repository: 'prod.test/app', digest: DIGEST },
  promotion: {
    ...{ signer: 'release.pub', others: 0, environment: 'production', ...facts('qa.test/app:1') },
    targets: [
      { reference: 'prod.test/app:1', state: 'current' },
      { reference: 'prod.test/app:live', state: 'moved', digest: digestOf('another') },
    ],
    previous: [{ target: 'prod.test/app:live', digest: digestOf('the one before') }],
  },
  signature: { state: 'verified', signers: ['release.pub'] },
  summary: { state: 'verified', levels: ['PROMOTED_PRODUCTION'], timeVerified: '2026-11-21T10:01:00.000Z' },
  scan: { state: 'absent' },
  stages: [
    {
      ...{ repository: 'qa.test/app', verified: false, reason: 'nobody is named here', ...facts('dev.test/app:1') },
      targets: ['qa.test/app:1'],
    },
  ],
  places: [],
};

export const REFUSED: ImageChain = {
  ...{ image: 'prod.test/evil:1', result: 'refused', code: 'NOT_PROMOTED', message: 'No promotion record.' },
  ...{ hint: 'Promote it.', repository: 'prod.test/evil', digest: DIGEST },
  places: [{ kind: 'Pod', namespace: 'shop', name: 'evil-1', container: 'main', role: 'init' }],
};

export const FAILED: ImageChain = {
  ...{ image: 'prod.test/gone:1', result: 'failed', code: 'UNAVAILABLE', message: 'no answer', places: [] },
};

/** How verify ended for these images. */
export function makeOutcome(images: readonly ImageChain[], changes: Partial<VerifyOutcome> = {}): VerifyOutcome {
  return { result: 'verified', images, environment: undefined, seconds: 1, error: undefined, ...changes };
}
