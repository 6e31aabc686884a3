import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Kit, openKit } from '../promote/kit.ts';
import type { PromotePorts } from '../promote/ports.ts';
import { promote } from '../promote/promote.ts';
import { formatCount } from '../report/format.ts';
import { RESULT_FOLDERS } from './gather-results.ts';
import { keepBatchPlan } from './keep-plan.ts';
import { listImages } from './list-images.ts';
import { type BatchOutcome, type ItemOutcome, joinResults } from './outcome.ts';
import { leaveAll, type Promoting, promoteAll, scans } from './promote-all.ts';
import type { BatchRequest } from './request.ts';
import { formatShard } from './shard.ts';

/** What a test puts in place of the real thing. */
export interface BatchParts extends Promoting {
  readonly openKit: typeof openKit;
}

const PARTS: BatchParts = { openKit, promote, beatMs: 30_000 };

/** Promotes the images of a batch, several at once, with one set of tools and connections. Always returns an outcome: one that is refused or fails does not stop the others, unless that was asked for. */
export async function runBatch(
  request: BatchRequest,
  ports: PromotePorts,
  parts: BatchParts = PARTS,
): Promise<BatchOutcome> {
  const startedAt = ports.clock();
  const { total, shard, shared } = request;
  const end = (items: readonly ItemOutcome[], error: unknown, kept: Partial<BatchOutcome> = {}): BatchOutcome => ({
    ...{ items, total, shard, error, dryRun: shared.dryRun, environment: shared.environment },
    ...{ plan: undefined, scanReports: undefined, sarif: undefined, imagesFile: undefined, ...kept },
    result: error === undefined ? joinResults(items) : 'failed',
    seconds: (ports.clock().getTime() - startedAt.getTime()) / 1000,
  });
  tellStart(request, ports);
  if (request.items.length === 0) return end([], undefined);
  let kit: Kit;
  try {
    kit = await parts.openKit(chooseKit(request), ports);
  } catch (error) {
    return end(leaveAll(request.items, error, ports), error);
  }
  try {
    const broken = await tryKey(kit, ports);
    const items =
      broken === undefined
        ? await promoteAll(request, ports, kit, parts)
        : leaveAll(request.items, broken.error, ports);
    const isCut = ports.signal.aborted && items.some(({ outcome }) => outcome.result === 'failed');
    const error = isCut ? ports.signal.reason : broken?.error;
    return end(items, error, await keepAll(items, request, kit));
  } catch (error) {
    return end(leaveAll(request.items, error, ports), error);
  } finally {
    await kit.close();
  }
}

function tellStart({ items, total, shard, maxParallel }: BatchRequest, { log }: PromotePorts): void {
  const share = shard === undefined ? '' : `, shard ${formatShard(shard)} of ${formatCount(total)}`;
  log.info(`${formatCount(items.length, 'image')}${share}, up to ${maxParallel} at once`);
}

/** Any image says which tools are needed; one that is scanned also says how to bring the scanner. */
function chooseKit({ items, shared }: BatchRequest): Parameters<typeof openKit>[0] {
  const scanned = items.find(scans);
  return { ...(scanned?.request ?? shared), scans: scanned !== undefined };
}

/** A key that cannot sign fails every image: no image is begun before it was tried. */
async function tryKey(kit: Kit, { log }: PromotePorts): Promise<{ readonly error: unknown } | undefined> {
  try {
    await log.group('Prepare', () => kit.prepared());
    return undefined;
  } catch (error) {
    return { error };
  }
}

/** What the whole batch leaves for the steps that follow. */
async function keepAll(
  items: readonly ItemOutcome[],
  { plan, shards, shared }: BatchRequest,
  { results }: Kit,
): Promise<Partial<BatchOutcome>> {
  const imagesFile = join(results, 'images.json');
  await writeFile(imagesFile, `${JSON.stringify(listImages(items), null, 1)}\n`);
  const isScanned = items.some(({ outcome }) => outcome.scan !== undefined);
  return {
    imagesFile,
    plan: await keepBatchPlan(items, { plan, dryRun: shared.dryRun, shards }, results),
    scanReports: isScanned ? join(results, RESULT_FOLDERS.scans) : undefined,
    sarif: isScanned ? join(results, RESULT_FOLDERS.sarif) : undefined,
  };
}
