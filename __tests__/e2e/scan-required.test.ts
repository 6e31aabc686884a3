import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ExternalRegistry, startOlareg } from '../../lab/external-registry.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import { makeSigningKey, type SigningKey } from '../../lab/signing-key.ts';
import { endOf, recordsOf, refusalsOf, refused, type Scene, setScene, success } from './fixture.ts';
import { makeImage } from './fixture-images.ts';
import { readDigest } from './fixture-target.ts';
import { runScan, scanEndOf, VULN_TYPE } from './scan-fixture.ts';

let scene: Scene;
let stranger: SigningKey;
let olareg: ExternalRegistry;
let registry: LabRegistry;

beforeAll(async () => {
  [scene, stranger, olareg, registry] = await Promise.all([
    setScene(),
    makeSigningKey(),
    startOlareg(),
    startRegistry({ referrersApi: false }),
  ]);
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), olareg?.stop(), registry?.close()]);
});

/** QA scans an image of its own, by this key; the name of what it scanned. */
async function scanInQa(host: string, name: string, key: SigningKey = scene.key): Promise<string> {
  await pushImage(host, `qa/${name}`, '1', makeImage('fixed', { labels: { name } }));
  const env = { COSIGN_PRIVATE_KEY: key.privateKey, COSIGN_PASSWORD: key.password };
  const step = await runScan(scene, [`${host}/qa/${name}:1`], { inputs: { attest: 'true' }, env });
  expect(scanEndOf(step)).toEqual([0, 'clean', ['attached']]);
  await step.remove();
  return `${host}/qa/${name}:1`;
}

/** A promotion whose policy demands QA's scan. */
function promote(source: string, maxAge = '7d'): Promise<StepResult> {
  const policy = {
    signers: [{ role: 'scan', key: 'keys/qa.pub' }],
    attestations: { require: [{ type: VULN_TYPE, role: 'scan', maxAge, scanner: 'trivy' }] },
  };
  const target = source.replace('/qa/', '/prod/');
  return scene.promote(source, target, { policy, files: { 'keys/qa.pub': scene.key.publicKey } });
}

/** What is not there must not be told by a tag. */
async function expectNothing(source: string): Promise<void> {
  await expect(readDigest(source.replace('/qa/', '/prod/'))).rejects.toThrow(/NAME_UNKNOWN|MANIFEST_UNKNOWN|404/);
}

describe.each(['olareg', 'a registry without the referrers API'])(
  'a promotion that requires the scan of QA, on %s',
  (kind) => {
    const host = (): string => (kind === 'olareg' ? olareg.host : registry.host);

    it('accepts the one that the action scan attached, and records that it relied on it', async () => {
      const source = await scanInQa(host(), 'good');
      const step = await promote(source);
      expect(endOf(step)).toEqual(success('promoted'));
      const [record] = await recordsOf(step);
      expect(record?.predicate.sourceEvidence).toMatchObject([
        { kind: 'attestation', type: VULN_TYPE, signer: 'keys/qa.pub' },
      ]);
    }, 120_000);

    it('refuses an image that was not scanned there', async () => {
      await pushImage(host(), 'qa/skipped', '1', makeImage('fixed', { labels: { name: 'skipped' } }));
      const source = `${host()}/qa/skipped:1`;
      expect(endOf(await promote(source))).toEqual(refused('ATTESTATION_MISSING'));
      await expectNothing(source);
    }, 120_000);

    it('refuses a scan that is older than it may be', async () => {
      const source = await scanInQa(host(), 'old');
      await sleep(1_100);
      expect(endOf(await promote(source, '1s'))).toEqual(refused('ATTESTATION_STALE'));
      await expectNothing(source);
    }, 120_000);

    it('refuses a scan by another key, and says that there is one', async () => {
      const source = await scanInQa(host(), 'strange', stranger);
      const step = await promote(source);
      expect(endOf(step)).toEqual(refused('ATTESTATION_MISSING'));
      expect(refusalsOf(step)[0]?.message).toContain('By others or unverified');
      await expectNothing(source);
    }, 120_000);
  },
);
