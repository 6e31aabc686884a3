import { SEVERITIES, type Severity } from '../image/finding.ts';

/** A list of severities, worst first, or what is wrong with it and the fix. */
export type ParsedSeverities =
  | { readonly severities: readonly Severity[]; readonly problem?: undefined }
  | { readonly severities?: undefined; readonly problem: { readonly message: string; readonly fix: string } };

const RATED: readonly Severity[] = SEVERITIES.filter((severity) => severity !== 'UNKNOWN');

/** Parses the severities that gate, shared by the policy and the `severity` input: from CRITICAL down without a gap, and UNKNOWN if wanted. */
export function parseSeverities(list: readonly string[]): ParsedSeverities {
  const unknown = list.find((entry) => !(SEVERITIES as readonly string[]).includes(entry));
  if (unknown !== undefined) {
    return refuse(`${JSON.stringify(unknown)} is not a severity.`, `Use ${SEVERITIES.join(', ')}.`);
  }
  const severities = SEVERITIES.filter((severity) => list.includes(severity));
  const last = RATED.findLastIndex((severity) => severities.includes(severity));
  if (last < 0) {
    const what = list.length === 0 ? 'no severity is named' : 'UNKNOWN alone leaves out every rated severity';
    return refuse(`${what}.`, 'Name CRITICAL at least; to look without refusing, use the scan mode report.');
  }
  const missing = RATED.slice(0, last).filter((severity) => !severities.includes(severity));
  if (missing.length === 0) return { severities };
  const wanted = SEVERITIES.filter((severity) => severities.includes(severity) || missing.includes(severity));
  return refuse(
    `${RATED[last]} without ${missing.join(' and ')} would let pass what is worse.`,
    `Write ${wanted.join(', ')}.`,
  );
}

function refuse(message: string, fix: string): ParsedSeverities {
  return { problem: { message, fix } };
}
