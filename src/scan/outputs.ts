import type { Annotation, ExitCode } from '../base/action.ts';
import { DomainError, describeError } from '../base/error.ts';
import { VULN_PREDICATE } from '../chain/vuln.ts';
import { SEVERITIES, type Severity } from '../image/finding.ts';
import { formatReference } from '../image/reference.ts';
import type { SCAN_OUTPUTS } from './inputs.ts';
import type { AttestationOutput } from './json-outputs.ts';
import type { ImageOutcome, ScanOutcome } from './outcome.ts';

/** The outputs of a run that ended before there was an outcome. */
export const NO_SCAN_OUTPUTS: Readonly<Record<keyof typeof SCAN_OUTPUTS, string>> = {
  result: 'failed',
  vulnerabilities: '{}',
  'scan-report': '',
  sarif: '',
  attestations: '[]',
};

/** An outcome as the outputs of the action; what is not known is the empty string, or empty JSON. */
export function toScanOutputs({ result, images, sarifPath }: ScanOutcome): Record<keyof typeof SCAN_OUTPUTS, string> {
  return {
    result,
    vulnerabilities: JSON.stringify(countAll(images)),
    'scan-report': images.flatMap(({ scan }) => scan?.reportPath ?? []).join('\n'),
    sarif: sarifPath ?? '',
    attestations: JSON.stringify(images.flatMap(toAttestations)),
  };
}

/** 0 clean, 3 refused, 1 could not decide, 2 wrong use. */
export function toScanExitCode({ result, error }: ScanOutcome): ExitCode {
  if (result === 'clean') return 0;
  if (result === 'refused') return 3;
  return error instanceof DomainError && error.code === 'USAGE' ? 2 : 1;
}

/** One for each refusal, and one for each image that could not be scanned. */
export function toScanAnnotations({ images }: ScanOutcome): Annotation[] {
  return images.flatMap(({ image, refusals, result, error }): Annotation[] => {
    const name = formatReference(image);
    const refused = refusals.map(({ code, message, hint }) => ({ title: code, message: `${name}: ${message}`, hint }));
    if (result !== 'failed') return refused;
    const { code, hint } = error instanceof DomainError ? error : { code: 'Failed', hint: undefined };
    return [...refused, { title: code, message: `${name}: ${describeError(error)}`, hint }];
  });
}

function countAll(images: readonly ImageOutcome[]): Partial<Record<Severity, number>> {
  const counts = images.flatMap(({ scan }) => scan?.counts ?? []);
  if (counts.length === 0) return {};
  return Object.fromEntries(
    SEVERITIES.map((severity) => [severity, counts.reduce((sum, each) => sum + each[severity], 0)]),
  );
}

function toAttestations({ image, digest, attestation }: ImageOutcome): AttestationOutput[] {
  if (digest === undefined || attestation === undefined) return [];
  const { result, manifest } = attestation;
  return [
    {
      ...{ image: formatReference(image), digest, predicateType: VULN_PREDICATE, result },
      ...(manifest === undefined ? {} : { manifest }),
    },
  ];
}
