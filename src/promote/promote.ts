import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, describeError } from '../base/error.ts';
import type { Log } from '../base/ports.ts';
import { formatCount } from '../report/format.ts';
import { isDiskFull, toDiskFull } from '../transfer/disk-full.ts';
import { apply, PromotionError } from './apply.ts';
import { type Facts, gatherFacts } from './facts.ts';
import { fetchAll } from './fetch.ts';
import { splitFormerRecords } from './former-records.ts';
import { runScanGates } from './gates.ts';
import { Journal } from './journal.ts';
import type { Outcome } from './outcome.ts';
import { type Decision, decide, pinSource } from './plan.ts';
import type { PromotePorts } from './ports.ts';
import { composeRecord, embedFormerRecords } from './record.ts';
import type { PromoteRequest } from './request.ts';
import { readRevision } from './revision.ts';
import { prepareSigner } from './signer.ts';
import { TagError } from './tag-error.ts';

const RESULTS = 'results';

/**
 * Promotes one image: facts, plan, fetch once, gates, and only then copy, carry over, sign, attest, verify, tag.
 * Always returns an outcome; what could not be decided ends as `failed`, with the error and all that was learned.
 */
export async function promote(request: PromoteRequest, ports: PromotePorts): Promise<Outcome> {
  const journal = new Journal(request, ports.clock);
  const room = await mkdtemp(join(ports.workDirectory, 'promote-image-'));
  const results = join(room, RESULTS);
  await mkdir(results);
  try {
    return await run(request, ports, journal, { room, results });
  } catch (error) {
    return journal.end('failed', explainEnd(error, ports.signal));
  } finally {
    await clear(room, ports.log);
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

interface Places {
  readonly room: string;
  /** What outlives the run: plan, reports, records. */
  readonly results: string;
}

async function run(request: PromoteRequest, ports: PromotePorts, journal: Journal, places: Places): Promise<Outcome> {
  const { log } = ports;
  const signer = await log.group('Prepare', () => prepareSigner(request, ports, places.room));
  journal.publicKey = signer?.publicKey;
  if (signer === undefined && (request.sign || request.attest)) {
    journal.notes.push('The signing key was not tried: this job does not have it.');
  }
  const { facts, decision } = await log.group('Resolve source and targets', async () => {
    const facts = await gatherFacts(request, signer, ports);
    journal.pinned = pinSource(request, facts);
    return { facts, decision: await plan(request, facts, ports, journal, places) };
  });
  if (decision.refusals.length > 0) return journal.end('refused');

  const { image, scanner } = await log.group('Fetch the image, the scanner and its database', () =>
    fetchAll(request, facts, ports, places.room),
  );
  const scan = await log.group(`Scan ${image.graph.images.length === 1 ? 'the image' : 'every platform'}`, () =>
    runScanGates(image, scanner, request, ports, journal, places),
  );
  if (journal.refusals.length > 0) return journal.end('refused');
  if (request.dryRun) return journal.end('planned');

  const { carried, former: records, left } = splitFormerRecords(image.referrers);
  if (left > 0)
    journal.notes.push(
      `${formatCount(left, 'former record')} at the source too large or too many to carry in the new one`,
    );
  const former = await embedFormerRecords(records, request.source.repository, image.store.layout);
  const revision = await readRevision(image.graph, image.store.layout);
  const finishedAt = ports.clock();
  return apply(
    {
      plan: decision.plan,
      graph: image.graph,
      store: image.store,
      referrers: carried,
      signer,
      resultDirectory: places.results,
      makeRecord: (targets, signer) =>
        composeRecord({
          request,
          ports,
          journal,
          targets,
          decision,
          scan,
          scanner,
          signer,
          former,
          revision,
          finishedAt,
        }),
    },
    request,
    ports,
    journal,
  );
}

async function plan(
  request: PromoteRequest,
  facts: Facts,
  ports: PromotePorts,
  journal: Journal,
  { results }: Places,
): Promise<Decision> {
  const decision = decide(request, facts);
  const path = join(results, 'plan.json');
  await writeFile(path, decision.text);
  journal.plan = { path, digest: decision.digest };
  journal.gates.push(...decision.gates);
  journal.refusals.push(...decision.refusals);
  ports.log.info(`Plan    ${decision.digest}`);
  return decision;
}

/** Bytes, keys and tools go; the results stay for the steps that follow. What cannot be removed changes nothing in how the promotion ended. */
async function clear(room: string, log: Log): Promise<void> {
  try {
    for (const name of await readdir(room)) {
      if (name !== RESULTS) await rm(join(room, name), { recursive: true, force: true });
    }
  } catch (error) {
    log.warning(`${room} could not be emptied: ${describeError(error)}`);
  }
}
