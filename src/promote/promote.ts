import { rm } from 'node:fs/promises';
import { DomainError } from '../base/error.ts';
import { pinReference } from '../image/reference.ts';
import { holdLog } from '../steps/held-log.ts';
import type { RunRoom } from '../steps/run-room.ts';
import { isDiskFull, toDiskFull } from '../transfer/disk-full.ts';
import { type ImageGraph, loadGraph } from '../transfer/graph.ts';
import { PromotionError } from './apply.ts';
import { carryOut } from './carry-out.ts';
import { gatherFacts } from './facts.ts';
import { Journal } from './journal.ts';
import { keepPlan } from './keep-plan.ts';
import { type Kit, openKit } from './kit.ts';
import type { Outcome } from './outcome.ts';
import type { Permitted } from './permitted.ts';
import { concludePlan, decide } from './plan.ts';
import type { PromotePorts } from './ports.ts';
import { type Reading, startReading } from './reading.ts';
import type { PromoteRequest } from './request.ts';
import { gatherSourceEvidence, needsSourceEvidence } from './source-evidence.ts';
import { TagError } from './tag-error.ts';

/**
 * Promotes one image: facts, plan, fetch once, gates, and only then copy, carry over, sign, attest, verify, tag.
 * Always returns an outcome; what could not be decided ends as `failed`, with the error and all that was learned.
 * With a kit that images share, it is closed by whoever opened it.
 */
export async function promote(request: PromoteRequest, ports: PromotePorts, kit?: Kit): Promise<Outcome> {
  const journal = new Journal(request, ports.clock);
  if (kit !== undefined) {
    const places = await kit.openPlaces();
    try {
      return await conduct(request, ports, journal, kit, places);
    } finally {
      await rm(places.room, { recursive: true, force: true }).catch(() => undefined);
    }
  }
  const own = await openKit(request, ports);
  try {
    return await conduct(request, ports, journal, own, own);
  } finally {
    await own.close();
  }
}

async function conduct(
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
  kit: Kit,
  places: RunRoom,
): Promise<Outcome> {
  try {
    return await run(request, ports, journal, kit, places);
  } catch (error) {
    return journal.end('failed', explainEnd(error, ports.signal));
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

async function run(
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
  kit: Kit,
  places: RunRoom,
): Promise<Outcome> {
  const { log } = ports;
  const held = holdLog(log);
  let isOver = false;
  let reading: Reading | undefined;
  const resolving = resolve(request, { ...ports, log: held }, kit, journal).then((resolved): Permitted => {
    const permitted = { request, ports, journal, kit, places, ...resolved };
    const isRefused = resolved.decision.refusals.length + resolved.evidence.refusals.length > 0;
    if (!isRefused && !isOver) reading = startReading(permitted);
    return permitted;
  });
  // A key that cannot be used is told before whatever the registries say.
  resolving.catch(() => undefined);
  try {
    const { signer } = await log.group('Prepare', () => {
      kit.tell('signer');
      return kit.prepared();
    });
    journal.publicKey = signer?.signer.publicKey;
    journal.anchor = signer?.signer.expectedAnchor;
    if (signer === undefined && (request.sign || request.attest)) {
      journal.remarks.push('The signing key was not tried: this job has neither a key nor an identity token.');
    }
    const permitted = await log.group('Resolve source and targets', async () => {
      held.release();
      await notePlan(await resolving);
      return resolving;
    });
    if (reading === undefined) return journal.end('refused');
    return await carryOut(permitted, reading, signer);
  } finally {
    isOver = true;
    await reading?.close();
  }
}

/** Writes down what was decided before a byte of the image was read. */
async function notePlan({ request, journal, places, decision, evidence }: Permitted): Promise<void> {
  journal.gates.push(...decision.gates, ...evidence.gates);
  journal.refusals.push(...decision.refusals, ...evidence.refusals);
  journal.relied.push(...evidence.relied);
  await keepPlan(concludePlan(request, decision, journal), journal, places);
}

/** What the registries say, what is signed about the source, and whether all of it may be. */
async function resolve(
  request: PromoteRequest,
  ports: PromotePorts,
  kit: Kit,
  journal: Journal,
): Promise<Pick<Permitted, 'evidence' | 'decision' | 'graph'>> {
  let graph: Promise<ImageGraph> | undefined;
  const signer = async () => (await kit.prepared()).signer;
  const { asked: evidence, ...facts } = await gatherFacts(request, signer, ports, async (source) => {
    const { repository } = request.source;
    journal.pinned = pinReference(request.source, source.digest);
    graph = loadGraph(source, (digest) => ports.source.getManifest(repository, digest));
    graph.catch(() => undefined);
    const verifier = needsSourceEvidence(request) ? (await kit.prepared()).verifier : undefined;
    return gatherSourceEvidence(request, { source }, verifier, ports);
  });
  if (graph === undefined) throw new TypeError('a source that was resolved has a graph');
  return { evidence, decision: decide(request, facts, evidence.relied), graph };
}
