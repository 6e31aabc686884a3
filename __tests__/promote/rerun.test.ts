import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { SIGNATURE_PREDICATE } from '../../src/chain/statement.ts';
import { VSA_PREDICATE } from '../../src/chain/vsa.ts';
import { type ApplyRoom, applyApproved, INDEX, openApplyRoom } from './approved.ts';
import { NOW } from './fake-ports.ts';

let room: ApplyRoom;
beforeEach(async () => {
  room = await openApplyRoom();
});
afterEach(() => room.close());

const typesOf = (evidence: readonly { readonly predicateType: string }[]): string[] =>
  evidence.map(({ predicateType }) => predicateType);

/** A first run that gets as far as the tag, which the registry does not take. */
async function stopBeforeTag(): Promise<void> {
  const { outcome } = await applyApproved(room);
  room.target.faults.push({ method: 'PUT', path: /manifests\/1\.0$/, times: 1, status: 403 });
  await expect(outcome).rejects.toMatchObject({ code: 'DENIED' });
  expect(room.signer.signed).toHaveLength(3);
}

describe('a rerun after a run that left no tag', () => {
  it('takes up the evidence that is there, and signs nothing', async () => {
    await stopBeforeTag();
    const { evidence, kept, result } = await (await applyApproved(room)).outcome;
    expect([result, evidence, typesOf(kept)]).toEqual([
      ...['promoted', [], [SIGNATURE_PREDICATE, RECORD_PREDICATE, VSA_PREDICATE]],
    ]);
    expect(room.signer.signed).toHaveLength(3);
  });

  it('takes it up also where the registry has lost the image since', async () => {
    await stopBeforeTag();
    room.target.keepManifests('prod/app', (digest) => digest !== INDEX.root.digest);
    const { evidence, result } = await (await applyApproved(room)).outcome;
    expect([result, evidence]).toEqual(['promoted', []]);
    expect(room.target.hasManifest('prod/app', INDEX.root.digest)).toBe(true);
  });

  it('makes a new record when it was decided otherwise: that run had other gates to pass', async () => {
    await stopBeforeTag();
    const policy = '{"version": 1, "targets": {"forbidTags": ["never"]}}';
    const { evidence } = await (await applyApproved(room, { inputs: { policy } })).outcome;
    expect(typesOf(evidence)).toEqual([RECORD_PREDICATE]);
  });

  it('signs for a target that the other run did not have', async () => {
    await stopBeforeTag();
    const targets = ['prod/app:1.0', 'prod/app:1.1'];
    const { evidence } = await (await applyApproved(room, { targets })).outcome;
    expect(typesOf(evidence)).toEqual([SIGNATURE_PREDICATE, RECORD_PREDICATE]);
    expect(room.signer.signed.at(-2)?.subject[0]?.annotations?.target).toBe(`${room.target.host}/prod/app:1.1`);
  });

  it('for another environment signs anew: whoever asks for it finds its own', async () => {
    await stopBeforeTag();
    const policy = '{"version": 1, "environments": {"prod": {}}}';
    const { evidence } = await (await applyApproved(room, { inputs: { policy, environment: 'prod' } })).outcome;
    expect(typesOf(evidence)).toEqual([SIGNATURE_PREDICATE, RECORD_PREDICATE, VSA_PREDICATE]);
  });
});

describe('a rerun after one that promoted', () => {
  const HOUR = 3_600_000;
  const signers = [{ role: 'promotion', key: 'keys/qa.pub' }];
  const require = [{ type: RECORD_PREDICATE, role: 'promotion', maxAge: '24h' }];
  const demanding = JSON.stringify({
    version: 1,
    signers,
    environments: { prod: { attestations: { require } }, qa: {} },
  });
  const idle = JSON.stringify({ version: 1, environments: { prod: {}, qa: {} } });
  const run = async (policy: string, hours: number): Promise<readonly string[]> => {
    const inputs = { policy, environment: 'qa', 'existing-tag': 'accept-same-digest' };
    const finishedAt = new Date(NOW.getTime() + hours * HOUR);
    return typesOf((await (await applyApproved(room, { inputs, finishedAt })).outcome).evidence);
  };

  it('renews the record once it has half the age that the next stage allows, and then not again', async () => {
    expect(await run(demanding, 0)).toEqual([SIGNATURE_PREDICATE, RECORD_PREDICATE, VSA_PREDICATE]);
    expect(await run(demanding, 11)).toEqual([]);
    expect(await run(demanding, 13)).toEqual([RECORD_PREDICATE]);
    expect(await run(demanding, 14)).toEqual([]);
  });

  it('adds nothing, however late, where no policy limits the age', async () => {
    expect(await run(idle, 0)).toHaveLength(3);
    expect(await run(idle, 10_000)).toEqual([]);
  });
});
