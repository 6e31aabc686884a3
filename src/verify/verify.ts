import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrently } from '../base/concurrency.ts';
import { DomainError } from '../base/error.ts';
import { RECORD_PREDICATE } from '../chain/record.ts';
import { createVerifier, type Verifier } from '../signer/verifier.ts';
import { openAllEvidence } from '../steps/all-evidence.ts';
import { describeEntry } from './fleet-report.ts';
import { type LookContext, lookAtImage } from './look.ts';
import { lookAtPlan } from './look-planned.ts';
import { joinResults, type VerifyOutcome } from './outcome.ts';
import type { VerifyPorts } from './ports.ts';
import type { VerifyRequest } from './request.ts';
import { describeImage } from './text.ts';

/** Images looked at side by side. */
const CONCURRENT_IMAGES = 4;
/** Kinds named in a line. */
const MAX_KINDS = 20;

/** What was found out, before it is an outcome. */
type Answers = Pick<VerifyOutcome, 'result' | 'images' | 'fleet'>;

/** Answers for each image, or each target of a plan, what it is, who promoted it, from what and past which gates, from its registry and the trust of the request alone. Always returns an outcome. */
export async function verify(request: VerifyRequest, ports: VerifyPorts): Promise<VerifyOutcome> {
  const startedAt = ports.clock();
  const end = (answers: Answers, error?: unknown): VerifyOutcome => ({
    ...answers,
    environment: request.environment,
    seconds: (ports.clock().getTime() - startedAt.getTime()) / 1000,
    error,
  });
  const room = await mkdtemp(join(ports.workDirectory, 'promote-image-'));
  try {
    const verifier = await ports.log.group('Prepare', () => prepareVerifier(request, ports, room));
    return end(await answer(request, verifier, startedAt, ports));
  } catch (error) {
    const { aborted, reason } = ports.signal;
    const why = aborted && reason instanceof DomainError ? reason : error;
    return end({ result: 'failed', images: [] }, why);
  } finally {
    await rm(room, { recursive: true, force: true });
  }
}

async function prepareVerifier(request: VerifyRequest, ports: VerifyPorts, room: string): Promise<Verifier> {
  const directory = join(room, 'cosign');
  await mkdir(directory, { mode: 0o700 });
  const tool = await ports.provideTool('cosign', request.cosign, directory);
  ports.log.info(`cosign ${tool.version} verifies`);
  const { networkEnv, certificates, kmsEnv, exec, signal } = ports;
  return createVerifier({
    ...{ path: tool.path, directory, networkEnv, certificates, kmsEnv, exec, signal },
    trustedRoot: request.trustedRoot,
  });
}

async function answer(
  request: VerifyRequest,
  verifier: Verifier,
  now: Date,
  { registry, signal, log }: VerifyPorts,
): Promise<Answers> {
  const { plan, images, ignored } = request;
  const options = plan === undefined ? {} : { first: RECORD_PREDICATE };
  const { evidenceOf, close } = openAllEvidence(registry, verifier, options);
  const context: LookContext = { request, registry, verifier, now, evidenceOf };
  try {
    if (plan !== undefined) {
      const records = await lookAtPlan(plan.targets, context, signal);
      for (const entry of records) log.info(describeEntry(entry));
      return { result: joinResults(records), images: [], fleet: { plan, records } };
    }
    const chains = await mapConcurrently(images, CONCURRENT_IMAGES, (image) => lookAtImage(image, context, signal));
    for (const line of chains.flatMap(describeImage)) log.info(line);
    if (ignored.length > 0)
      log.info(`Not looked at, as no image is named there: ${ignored.slice(0, MAX_KINDS).join(', ')}`);
    return { result: joinResults(chains), images: chains };
  } finally {
    await close();
  }
}
