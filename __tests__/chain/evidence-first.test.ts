import { afterEach, describe, expect, it } from '@jest/globals';
import type { RegistryOptions } from '../../lab/registry/server.ts';
import { type EvidenceOptions, openEvidence } from '../../src/chain/evidence-reader.ts';
import { makeStatement, toDigestSet } from '../../src/chain/statement.ts';
import { createFakeVerifier, signAs, trustKey } from '../verify/fake-evidence.ts';
import { type EvidenceRoom, openEvidenceRoom } from './evidence-room.ts';

const TYPE = 'https://example.test/record/v1';
const OTHER = 'https://example.test/scan/v1';

let room: EvidenceRoom | undefined;
afterEach(() => room?.close());

/** A room where `ours` attached a record, and three attestations of another type. */
async function openFull(options: RegistryOptions = {}): Promise<EvidenceRoom> {
  const opened = await openEvidenceRoom(options);
  room = opened;
  await attach(opened, TYPE, TYPE);
  for (const i of [1, 2, 3]) await attach(opened, OTHER, OTHER, { i });
  opened.registry.log.clear();
  return opened;
}

const attach = (to: EvidenceRoom, type: string, told: string, predicate: object = {}, by = 'ours') =>
  to.attach(signAs(by, makeStatement({ digest: toDigestSet(to.digest) }, type, predicate)), told);

/** How many verify, and how many requests that took. */
async function find(
  { client, repository, digest, registry }: EvidenceRoom,
  options?: EvidenceOptions,
): Promise<{ readonly found: number; readonly requests: number }> {
  const reader = openEvidence(client, repository, createFakeVerifier(), options);
  const { verified } = await reader.findAttestations(digest, TYPE, [trustKey('ours')]);
  await reader.close();
  return { found: verified.length, requests: registry.log.entries.length };
}

describe('attestations of a type that is looked for first', () => {
  it('are found with the list, one manifest and one blob, whatever else is attached', async () => {
    const { found, requests } = await find(await openFull(), { first: TYPE });
    // Whether there is a registry at all may be asked once more.
    expect([found, requests <= 4]).toEqual([1, true]);
    await room?.close();
    expect((await find(await openFull())).requests).toBeGreaterThanOrEqual(10);
  });

  it('are found under the fallback tag of a registry without the referrers API', async () => {
    expect(await find(await openFull({ referrersApi: false }), { first: TYPE })).toMatchObject({ found: 1 });
  });

  it('are found where the list does not say what they are, or says something else', async () => {
    const opened = await openEvidenceRoom();
    room = opened;
    await attach(opened, TYPE, OTHER);
    expect(await find(opened, { first: TYPE })).toMatchObject({ found: 1 });
  });

  it('do not count when only the list says what they are, or a stranger signed them, and hide none that do', async () => {
    const opened = await openEvidenceRoom();
    room = opened;
    await attach(opened, OTHER, TYPE);
    await attach(opened, TYPE, TYPE, {}, 'theirs');
    expect(await find(opened, { first: TYPE })).toMatchObject({ found: 0 });
    await attach(opened, TYPE, OTHER, { hidden: true });
    expect(await find(opened, { first: TYPE })).toMatchObject({ found: 1 });
  });

  it('are found where a registry denies what is not there instead of saying so', async () => {
    const opened = await openFull({ referrersApi: false });
    opened.registry.faults.push({ method: 'GET', path: /manifests\/sha256-/, status: 403, times: 1 });
    expect(await find(opened, { first: TYPE })).toMatchObject({ found: 1 });
  });
});
