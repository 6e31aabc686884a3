import { apply } from './apply.ts';
import { approve } from './approve.ts';
import { noteScanGates } from './gates.ts';
import { keepPlan } from './keep-plan.ts';
import { readOrigin } from './origin.ts';
import type { Outcome } from './outcome.ts';
import type { Permitted } from './permitted.ts';
import { concludePlan } from './plan.ts';
import type { Prepared } from './prepared.ts';
import type { Reading } from './reading.ts';

/** Waits for what is read and scanned, and writes what passed. */
export async function carryOut(
  { request, ports, journal, kit, places, evidence, decision }: Permitted,
  reading: Reading,
  signer: Prepared['signer'],
): Promise<Outcome> {
  const { log } = ports;
  const { image, scanner, uploads } = await log.group('Fetch the image, the scanner and its database', () => {
    reading.fetchLog.release();
    kit.tell('scanner');
    return reading.fetched;
  });
  journal.origin = await readOrigin(evidence, image.graph, image.store.layout);
  const scan = await log.group(`Scan ${image.graph.images.length === 1 ? 'the image' : 'every platform'}`, async () => {
    reading.scanLog.release();
    return noteScanGates(await reading.scanned, journal);
  });
  const plan = await keepPlan(concludePlan(request, decision, journal), journal, places);
  log.info(`Plan    ${plan.digest}`);
  if (journal.refusals.length > 0) {
    await reading.close();
    if (journal.targetTouched) {
      journal.notes.push(
        'The target may hold blobs that nothing refers to: they went up while the gates were run (upload: during-gates). No manifest and no tag was written; the registry collects them.',
      );
    }
    return journal.end('refused');
  }
  if (request.dryRun) return journal.end('planned');

  const approved = await approve({
    ...{ request, ports, journal, image, scan, scanner, evidence, signer },
    decision: { ...decision, digest: plan.digest },
    resultDirectory: places.results,
  });
  return apply({ ...approved, pool: kit.blobs, uploads }, request, ports, journal);
}
