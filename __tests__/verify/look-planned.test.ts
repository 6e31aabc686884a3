import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { PromotionRecord } from '../../src/chain/record.ts';
import { digestOf, parseDigest } from '../../src/image/digest.ts';
import { parseRepository, type Repository } from '../../src/image/reference.ts';
import { formatPlan } from '../../src/plan/plan-text.ts';
import { lookAtPlan } from '../../src/verify/look-planned.ts';
import type { RecordEntry } from '../../src/verify/record-entry.ts';
import { createRecordingClient, type RecordingClient } from '../registry/recording-client.ts';
import { makeVerifyRequest } from './fake-context.ts';
import { createFakeEvidence, createFakeVerifier, type FakeAttached, makeSampleStatement } from './fake-evidence.ts';
import { givePlan, sampleBatch, samplePlan } from './sample-plan.ts';

const IMAGE = buildImage({ labels: { name: 'promoted' } });
const DIGEST = parseDigest(IMAGE.root.digest);

let registry: LabRegistry;
let recording: RecordingClient;
let repository: Repository;

beforeEach(async () => {
  registry = await startRegistry();
  recording = createRecordingClient();
  repository = parseRepository(`${registry.host}/prod/app`);
  await pushImage(registry.host, 'prod/app', '1', IMAGE);
});
afterEach(async () => {
  await recording.client.close();
  await registry.close();
});

const planOf = (...tags: readonly string[]) =>
  samplePlan(
    tags.map((tag) => `${repository}:${tag}`),
    { source: { reference: 'dev.test/app:1', digest: DIGEST, mediaType: IMAGE.root.mediaType } },
  );

/** The record of the plan of these tags, by this signer. */
const recorded = (
  tags: readonly string[],
  { by = 'cosign.pub', ...changes }: Partial<PromotionRecord> & { by?: string } = {},
): FakeAttached => ({
  ...{ by, digest: DIGEST },
  statement: makeSampleStatement(repository, DIGEST, {
    targets: tags.map((tag) => `${repository}:${tag}`),
    planDigest: formatPlan(planOf(...tags)).digest,
    ...changes,
  }),
});

async function look(items: readonly string[][], attached: readonly FakeAttached[]): Promise<RecordEntry[]> {
  const { inputs, files } = givePlan(
    sampleBatch(
      items.map((tags) => planOf(...tags)),
      Math.min(2, items.length),
    ),
  );
  const request = await makeVerifyRequest(inputs, files);
  const context = {
    ...{ request, registry: recording.client, verifier: createFakeVerifier() },
    ...{ now: new Date('2026-11-21T10:00:00Z'), evidenceOf: () => createFakeEvidence(attached) },
  };
  return lookAtPlan(request.plan?.targets ?? [], context, recording.cancel.signal);
}

describe('a target of a plan', () => {
  it('is verified by its record and its tag, and told with its image and shard', async () => {
    await pushImage(registry.host, 'prod/app', 'live', IMAGE);
    const entries = await look([['1'], ['live']], [recorded(['1']), recorded(['live'])]);
    expect(entries).toMatchObject([
      { item: 1, shard: '1/2', target: `${repository}:1`, digest: DIGEST, result: 'verified', state: 'current' },
      { item: 2, shard: '2/2', target: `${repository}:live`, source: 'dev.test/app:1', result: 'verified' },
    ]);
    expect(entries.map(({ record }) => record?.planDigest)).toEqual([
      formatPlan(planOf('1')).digest,
      formatPlan(planOf('live')).digest,
    ]);
  });

  it.each<[string, () => FakeAttached[], string]>([
    ['has no record', () => [], 'NOT_PROMOTED'],
    ['has one by a stranger', () => [recorded(['1'], { by: 'stranger' })], 'UNTRUSTED_SIGNER'],
    ['has one of another plan', () => [recorded(['1'], { planDigest: digestOf('other') })], 'OTHER_PROMOTION'],
    ['has one for another tag', () => [recorded(['2'])], 'OTHER_PROMOTION'],
    [
      'has two that contradict each other',
      () => [
        recorded(['1']),
        recorded(['1'], { source: { reference: 'dev.test/other:1', digest: digestOf('other') } }),
      ],
      'DUPLICATE_RECORD',
    ],
  ])('is refused when it %s', async (_, attached, code) => {
    expect(await look([['1']], attached())).toMatchObject([
      { result: 'refused', code, state: 'current', hint: expect.any(String) },
    ]);
  });

  it('is verified by two records that runs left which overlapped', async () => {
    const again = recorded(['1'], { startedAt: '2026-11-21T09:00:00.000Z' });
    expect(await look([['1']], [recorded(['1']), again])).toMatchObject([
      { result: 'verified', record: { copies: 1 } },
    ]);
  });

  it('is refused when its tag was never written, or was moved since, though the record is there', async () => {
    const other = buildImage({ labels: { name: 'newer' } });
    await pushImage(registry.host, 'prod/app', 'moved', other);
    const entries = await look([['absent'], ['moved']], [recorded(['absent']), recorded(['moved'])]);
    expect(entries).toMatchObject([
      { result: 'refused', code: 'NOT_PROMOTED', state: 'absent', record: { signer: 'cosign.pub' } },
      { result: 'refused', code: 'TAG_MOVED', state: 'moved', found: other.root.digest },
    ]);
  });

  it('that the registry cannot tell of is undecided, and the others are not', async () => {
    await pushImage(registry.host, 'prod/app', 'live', IMAGE);
    registry.faults.push({ method: 'HEAD', path: /manifests\/live/, status: 403 });
    const entries = await look([['1'], ['live']], [recorded(['1']), recorded(['live'])]);
    expect(entries.map(({ result, code }) => [result, code])).toEqual([
      ['verified', undefined],
      ['failed', 'DENIED'],
    ]);
  });
});
