import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DomainError, describeError } from '../base/error.ts';
import { formatCount } from '../report/format.ts';
import { asksRegistries } from './asks-registries.ts';
import { Judge } from './judge.ts';
import { lookAtFiles } from './look-at-files.ts';
import { lookAtObjects } from './look-at-objects.ts';
import { type CheckOutcome, concludeCheck, type UndecidedImage } from './outcome.ts';
import type { CheckPorts } from './ports.ts';
import type { CheckRequest } from './request.ts';

/** SARIF was asked for, and could not be written. */
class CheckError extends DomainError<'SARIF_NOT_WRITTEN'> {}

/** Holds every image that the files, or the objects of a cluster, name against the policy. Always returns an outcome; what cannot be read or decided takes nothing from the rest. */
export async function check(request: CheckRequest, ports: CheckPorts): Promise<CheckOutcome> {
  const startedAt = ports.clock();
  const { things, policy } = request;
  const judge = new Judge(policy, startedAt);
  let counted = { files: 0, uses: 0 };
  let undecided: readonly UndecidedImage[] = [];
  const end = (error?: unknown): Omit<CheckOutcome, 'sarif'> => {
    const known = { ...judge.found, undecided, error };
    return {
      ...{ ...known, result: concludeCheck(known), ...counted, images: judge.names },
      ignored: things.kind === 'objects' ? things.ignored : [],
      ...{ verify: policy.images.verify, scan: policy.images.scan, policies: policy.policies },
      environment: request.environment,
      seconds: (ports.clock().getTime() - startedAt.getTime()) / 1000,
    };
  };
  let outcome: Omit<CheckOutcome, 'sarif'>;
  try {
    counted = await lookAtThings(request, judge, ports.signal);
    if (asksRegistries(policy)) {
      const { lookAtRegistries } = await import('./look-at-registries.ts');
      undecided = await lookAtRegistries(judge, request, ports, startedAt);
    }
    outcome = end();
  } catch (error) {
    const { aborted, reason } = ports.signal;
    outcome = end(aborted && reason instanceof DomainError ? reason : error);
  }
  const told = await writeSarif(outcome, request.sarif);
  ports.log.info(
    `Looked at ${formatCount(told.uses, 'place')} with an image${told.files === 0 ? '' : ` in ${formatCount(told.files, 'file')}`}`,
  );
  return told;
}

async function lookAtThings(
  { things, workspace }: CheckRequest,
  judge: Judge,
  signal: AbortSignal,
): Promise<{ readonly files: number; readonly uses: number }> {
  if (things.kind === 'objects') {
    for (const use of lookAtObjects(things.containers)) judge.judge(use);
    return { files: 0, uses: things.containers.length };
  }
  const { files, uses, findings } = await lookAtFiles(things.files, { workspace, excluded: things.excluded }, signal);
  judge.add(findings);
  for (const use of uses) judge.judge(use);
  return { files, uses: uses.length };
}

/** A file that was asked for and is not there would be taken for one without findings: the check fails then. */
async function writeSarif(outcome: Omit<CheckOutcome, 'sarif'>, path: string | undefined): Promise<CheckOutcome> {
  if (path === undefined) return { ...outcome, sarif: undefined };
  try {
    const { renderCheckSarif } = await import('./sarif.ts');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, renderCheckSarif(outcome));
    return { ...outcome, sarif: path };
  } catch (cause) {
    const message = `the findings could not be written to ${path}: ${describeError(cause)}`;
    const error = new CheckError('SARIF_NOT_WRITTEN', message, { cause, hint: 'Name another path in sarif.' });
    return { ...outcome, result: 'failed', sarif: undefined, error: outcome.error ?? error };
  }
}
