import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../base/error.ts';
import { isDigest } from '../image/digest.ts';
import { pinReference } from '../image/reference.ts';
import { clearRunRoom, openRunRoom, type RunRoom } from '../steps/run-room.ts';
import { isDiskFull, toDiskFull } from '../transfer/disk-full.ts';
import { apply, PromotionError } from './apply.ts';
import { approve } from './approve.ts';
import { type Facts, gatherFacts } from './facts.ts';
import { fetchAll } from './fetch.ts';
import { runScanGates } from './gates.ts';
import { Journal } from './journal.ts';
import { readOrigin } from './origin.ts';
import type { Outcome } from './outcome.ts';
import { concludePlan, type Decision, decide } from './plan.ts';
import type { PlanText } from './plan-schema.ts';
import type { PromotePorts } from './ports.ts';
import { type Prepared, prepare } from './prepared.ts';
import type { PromoteRequest } from './request.ts';
import { gatherSourceEvidence, type SourceEvidence } from './source-evidence.ts';
import { TagError } from './tag-error.ts';

/**
 * Promotes one image: facts, plan, fetch once, gates, and only then copy, carry over, sign, attest, verify, tag.
 * Always returns an outcome; what could not be decided ends as `failed`, with the error and all that was learned.
 */
export async function promote(request: PromoteRequest, ports: PromotePorts): Promise<Outcome> {
  const journal = new Journal(request, ports.clock);
  const places = await openRunRoom(ports.workDirectory);
  try {
    return await run(request, ports, journal, places);
  } catch (error) {
    return journal.end('failed', explainEnd(error, ports.signal));
  } finally {
    await clearRunRoom(places, ports.log);
  }
}

/** Who ended the run from outside says why better than the request that was cut off; but what became of a tag comes first. */
function explainEnd(error: unknown, { aborted, reason }: AbortSignal): unknown {
  const isAboutTags = error instanceof PromotionError || error instanceof TagError;
  if (aborted && reason instanceof DomainError && !isAboutTags) return reason;
  return isDiskFull(error) && !isAboutTags
    ? toDiskFull('no space left to write what the promotion needs', error)
    : error;
}

async function run(request: PromoteRequest, ports: PromotePorts, journal: Journal, places: RunRoom): Promise<Outcome> {
  const { log } = ports;
  const prepared = await log.group('Prepare', () => prepare(request, ports, places.room));
  const { signer } = prepared;
  journal.publicKey = signer?.signer.publicKey;
  journal.anchor = signer?.signer.expectedAnchor;
  if (signer === undefined && (request.sign || request.attest)) {
    journal.remarks.push('The signing key was not tried: this job has neither a key nor an identity token.');
  }
  const { facts, evidence, decision } = await log.group('Resolve source and targets', () =>
    resolve(request, prepared, ports, journal, places),
  );
  if (journal.refusals.length > 0) return journal.end('refused');

  const { image, scanner } = await log.group('Fetch the image, the scanner and its database', () =>
    fetchAll(request, facts, ports, places.room),
  );
  journal.origin = await readOrigin(evidence, image.graph, image.store.layout);
  const scan = await log.group(`Scan ${image.graph.images.length === 1 ? 'the image' : 'every platform'}`, () =>
    runScanGates({ ...image, sboms: evidence.sboms }, scanner, request, ports, journal, places),
  );
  const plan = await keepPlan(concludePlan(request, decision, journal), journal, places);
  log.info(`Plan    ${plan.digest}`);
  if (journal.refusals.length > 0) return journal.end('refused');
  if (request.dryRun) return journal.end('planned');

  const approved = await approve({
    ...{ request, ports, journal, image, scan, scanner, evidence, signer },
    decision: { ...decision, digest: plan.digest },
    resultDirectory: places.results,
  });
  return apply(approved, request, ports, journal);
}

/** What the registries say, what is signed about the source, and whether all of it may be. The plan is kept whatever comes after. */
async function resolve(
  request: PromoteRequest,
  { signer, verifier }: Prepared,
  ports: PromotePorts,
  journal: Journal,
  places: RunRoom,
): Promise<{ readonly facts: Facts; readonly evidence: SourceEvidence; readonly decision: Decision }> {
  const { asked: evidence, ...facts } = await gatherFacts(request, signer, ports, (source) => {
    journal.pinned = pinReference(request.source, source.digest);
    return gatherSourceEvidence(request, { source }, verifier, ports);
  });
  const decision = decide(request, facts, evidence.relied);
  journal.gates.push(...decision.gates, ...evidence.gates);
  journal.refusals.push(...decision.refusals, ...evidence.refusals);
  journal.relied.push(...evidence.relied);
  await keepPlan(concludePlan(request, decision, journal), journal, places);
  return { facts, evidence, decision };
}

/** Writes the plan down as it is known now: what ends before the gates do leaves one too. */
async function keepPlan(plan: PlanText, journal: Journal, { results }: RunRoom): Promise<PlanText> {
  const path = join(results, 'plan.json');
  await writeFile(path, plan.text);
  const moved = plan.plan.targets.flatMap(({ reference, found, action }) =>
    action === 'move' && found !== undefined && isDigest(found) ? [[reference, found] as const] : [],
  );
  const moves = moved.length === 0 ? {} : { moves: Object.fromEntries(moved) };
  journal.plan = { path, digest: plan.digest, ...moves };
  return plan;
}
