import type { FieldReader } from '../base/fields.ts';
import type { Severity } from '../image/finding.ts';
import type { Exception } from '../policy/exceptions.ts';
import { parseSeverities } from '../policy/severities.ts';
import type { PolicyInputs } from '../policy/tighten.ts';
import type { NamedFiles } from './named-files.ts';

/** What the inputs say about the scan; what they leave out, the policy or the default says. */
export interface ScanInputs extends Pick<PolicyInputs, 'severity' | 'ignoreUnfixed' | 'scan'> {
  readonly exceptions: readonly Exception[];
}

/** Reads what refuses, and what is excused. */
export async function readScanInputs(fields: FieldReader, named: NamedFiles): Promise<ScanInputs> {
  const exceptions = await readIgnoreFiles(fields, named);
  const severity = readSeverity(fields);
  return {
    exceptions,
    ...(severity === undefined ? {} : { severity }),
    ...(fields.isGiven('ignore-unfixed') ? { ignoreUnfixed: fields.flag('ignore-unfixed') } : {}),
    ...(fields.isGiven('scan') ? { scan: fields.choice('scan', ['enforce', 'report', 'off']) } : {}),
  };
}

/** Reads which severities refuse; undefined where the input says nothing. */
export function readSeverity(fields: FieldReader): readonly Severity[] | undefined {
  if (!fields.isGiven('severity')) return undefined;
  const { severities, problem } = parseSeverities(fields.list('severity').map((entry) => entry.toUpperCase()));
  if (problem !== undefined) fields.addProblem('severity', problem.message, problem.fix);
  return severities;
}

async function readIgnoreFiles(fields: FieldReader, named: NamedFiles): Promise<Exception[]> {
  const texts = await named.readAll('trivyignores', fields.list('trivyignores'));
  if (texts.length === 0) return [];
  const { parseIgnoreFile } = await import('../policy/ignore-file.ts');
  const parsed = texts.map(({ path, text }) => parseIgnoreFile(text, path));
  fields.addProblems(parsed.flatMap(({ problems }) => problems));
  return parsed.flatMap(({ exceptions }) => exceptions);
}
