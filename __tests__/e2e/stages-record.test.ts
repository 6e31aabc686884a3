import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pushImage } from '../../lab/image/push.ts';
import type { SigningKey } from '../../lab/signing-key.ts';
import { endOf, refusalsOf, refused, success } from './fixture.ts';
import { makeImage } from './fixture-images.ts';
import { RECORD_TYPE } from './fixture-target.ts';
import { type Stages, setStages } from './stages-fixture.ts';
import { attachBundle, type Place, readBundles } from './trust-attach.ts';

const TIMEOUT_MS = 60_000;
const IMAGE = makeImage('fixed', { labels: { name: 'of QA' } });
const ELSE = makeImage('fixed', { labels: { name: 'never in QA' } });

let stages: Stages;

/** One image that QA passed; the same by QA for another environment; and the same by somebody else. */
beforeAll(async () => {
  stages = await setStages();
  const { dev, keys } = stages;
  await Promise.all([
    pushImage(dev.host, 'dev/web', 'v1', IMAGE),
    pushImage(dev.host, 'qa/copied', 'v1', IMAGE),
    pushImage(dev.host, 'qa/else', 'v1', ELSE),
  ]);
  await passQa('web', 'qa', keys.qa);
  await Promise.all([passQa('staged', 'staging', keys.qa), passQa('stranger', 'qa', keys.stranger)]);
}, TIMEOUT_MS);

afterAll(() => stages?.close());

/** A promotion to `qa/NAME:v1` by a policy that lets everybody do so. */
async function passQa(name: string, environment: string, key: SigningKey): Promise<void> {
  const { dev, scene } = stages;
  const step = await scene.promote(`${dev.host}/dev/web:v1`, `${dev.host}/qa/${name}:v1`, {
    policy: { scan: { mode: 'off' }, environments: { [environment]: {} } },
    inputs: { environment },
    env: { COSIGN_PRIVATE_KEY: key.privateKey, COSIGN_PASSWORD: key.password },
  });
  expect(endOf(step)).toEqual(success('promoted'));
}

/** The next stage, by the policy of the example. */
async function goOn(name: string, tag = 'v1') {
  const target = `shop/${name}`;
  const step = await stages.promote(`${stages.dev.host}/qa/${name}:${tag}`, `${stages.prod.host}/${target}:${tag}`, {
    inputs: { environment: 'production' },
  });
  return { step, message: refusalsOf(step)[0]?.message ?? '', tags: stages.prod.tags(target) };
}

/** Attaches what is attached at one place to another, as anybody with the right to push there can. */
async function copyRecords(from: Place, to: Place): Promise<void> {
  const bundles = await readBundles(from);
  expect(bundles.length).toBeGreaterThan(1);
  for (const bundle of bundles) await attachBundle(to, bundle, RECORD_TYPE);
}

describe('production, which demands the record of QA, and an image of the QA repository', () => {
  it(
    'that QA passed: promoted',
    async () => {
      const { step, tags } = await goOn('web');
      expect({ end: endOf(step), tags }).toEqual({ end: success('promoted'), tags: ['v1'] });
    },
    TIMEOUT_MS,
  );

  it(
    'with the record of the same image in another repository, copied along: refused',
    async () => {
      const { host } = stages.dev;
      const { digest } = IMAGE.root;
      await copyRecords(`${host}/qa/web@${digest}`, `${host}/qa/copied@${digest}`);
      const { step, message, tags } = await goOn('copied');
      expect({ end: endOf(step), tags }).toEqual({ end: refused('ATTESTATION_INVALID'), tags: [] });
      expect(message).toContain(`not of ${host}/qa/copied`);
    },
    TIMEOUT_MS,
  );

  it(
    'with the records of another image: refused, since none of them is about this digest',
    async () => {
      const { host } = stages.dev;
      await copyRecords(`${host}/qa/web@${IMAGE.root.digest}`, `${host}/qa/else@${ELSE.root.digest}`);
      const { step, tags } = await goOn('else');
      expect({ end: endOf(step), tags }).toEqual({ end: refused('ATTESTATION_MISSING'), tags: [] });
    },
    TIMEOUT_MS,
  );

  it(
    'under a tag that QA did not give it: refused',
    async () => {
      const { dev } = stages;
      dev.setTag('qa/web', 'v9', IMAGE.root.digest);
      const { step, message, tags } = await goOn('web', 'v9');
      expect({ end: endOf(step), isTagged: tags.includes('v9') }).toEqual({
        end: refused('ATTESTATION_INVALID'),
        isTagged: false,
      });
      expect(message).toContain(`not ${dev.host}/qa/web:v9`);
    },
    TIMEOUT_MS,
  );

  it(
    'with a record by QA for another environment: refused',
    async () => {
      const { step, message, tags } = await goOn('staged');
      expect({ end: endOf(step), tags }).toEqual({ end: refused('ATTESTATION_INVALID'), tags: [] });
      expect(message).toMatch(/its environment is "?staging"?, not qa/);
    },
    TIMEOUT_MS,
  );

  it(
    'with a record for qa by another key: refused, and it is told that there is one',
    async () => {
      const { step, message, tags } = await goOn('stranger');
      expect({ end: endOf(step), tags }).toEqual({ end: refused('ATTESTATION_MISSING'), tags: [] });
      expect(message).toContain('By others or unverified: ');
    },
    TIMEOUT_MS,
  );

  it(
    'that went to production directly from development: refused by where it comes from',
    async () => {
      const { dev, prod } = stages;
      const inputs = { environment: 'production' };
      const step = await stages.promote(`${dev.host}/dev/web:v1`, `${prod.host}/shop/direct:v1`, { inputs });
      expect(endOf(step)).toEqual(refused('REGISTRY_NOT_ALLOWED', 'ATTESTATION_MISSING'));
      expect(prod.tags('shop/direct')).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it.each([
    ['without saying so', {}],
    ['in the name of the stage before', { environment: 'qa' }],
  ])(
    'that goes to production %s: refused, so that nobody gets around what production demands',
    async (_, inputs) => {
      const { dev, prod } = stages;
      const step = await stages.promote(`${dev.host}/qa/else:v1`, `${prod.host}/shop/around:v1`, { inputs });
      const codes = refusalsOf(step).map(({ code }) => code);
      expect([step.code, codes]).toEqual([3, expect.arrayContaining(['ENVIRONMENT_MISMATCH'])]);
      expect(prod.tags('shop/around')).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
