import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExternalRegistry } from '../../lab/external-registry.ts';
import { pushImage } from '../../lab/image/push.ts';
import { endOf, type PromoteStep, recordsOf, success } from './fixture.ts';
import { listEvidence, RECORD_TYPE } from './fixture-target.ts';
import { alterStatement, attachBundle, type Bundle, type Place, readBundles, split } from './trust-attach.ts';
import { makeSource, pushSource, setTrustScene, type TrustScene } from './trust-fixture.ts';
import { expected, type Observed, observeRows, type Row } from './trust-rows.ts';

const QA = { role: 'promotion', key: 'keys/qa.pub' };
const PRODUCTION = demandRecord(QA);

/** Production takes only what was promoted to QA, by QA. */
function demandRecord(...signers: readonly object[]): PromoteStep {
  const require = [{ type: RECORD_TYPE, role: 'promotion', environment: 'qa' }];
  const production = { signers, attestations: { require } };
  return { inputs: { environment: 'production' }, policy: { environments: { production } } };
}

const MISSING = ['ATTESTATION_MISSING'];
const INVALID = ['ATTESTATION_INVALID'];

const GOOD: Row = { name: 'by the former stage', source: 'qa/web:1', step: PRODUCTION };

const ROWS: readonly Row[] = [
  GOOD,
  {
    ...{ name: 'by the former stage, asked for by its digest', source: `qa/web@${digestOf('web')}` },
    step: { ...PRODUCTION, inputs: { ...PRODUCTION.inputs, 'dry-run': 'true' } },
  },
  {
    ...{ name: 'that is not there: QA was skipped', source: 'qa/skipped:1', step: PRODUCTION },
    ...{ refused: MISSING, shows: /No attestation of this type was found there/ },
  },
  {
    ...{ name: 'that was copied along from where it was promoted', source: 'lab/copied:1', step: PRODUCTION },
    ...{ refused: INVALID, shows: /it is of \S+\/qa\/web, not of \S+\/lab\/copied/ },
  },
  {
    ...{ name: 'of another repository, though it approves this tag', source: 'qa/named:1', step: PRODUCTION },
    ...{ refused: INVALID, shows: /it is of registry\.example\/other, not of \S+\/qa\/named/ },
  },
  {
    ...{ name: 'of another environment', source: 'qa/staged:1', step: PRODUCTION },
    ...{ refused: INVALID, shows: /its environment is staging, not qa/ },
  },
  {
    ...{ name: 'for another target: the tag was moved by hand', source: 'qa/web:2', step: PRODUCTION },
    ...{ refused: INVALID, shows: /it approves \S+\/qa\/web:1, not \S+\/qa\/web:2/ },
  },
  {
    ...{ name: 'of another digest under that tag', source: 'qa/replaced:1', step: PRODUCTION },
    ...{ refused: MISSING, shows: /it is about another digest/ },
  },
  {
    ...{ name: 'by another signer', source: 'qa/foreign:1', step: PRODUCTION },
    ...{ refused: MISSING, shows: /One by .*not signed by this signer/ },
  },
  {
    ...{ name: 'whose environment was altered since', source: 'qa/altered:1', step: PRODUCTION },
    ...{ refused: MISSING, shows: /altered after it was signed/ },
  },
  {
    ...{ name: 'by a signer whose time is over', source: 'qa/web:1' },
    step: demandRecord({ ...QA, notAfter: new Date(Date.now() - 86_400_000).toISOString() }),
    ...{ refused: MISSING, shows: /keys\/qa\.pub counted until/ },
  },
  {
    ...{ name: 'by a signer who may promote other images', source: 'qa/web:1' },
    step: demandRecord({ ...QA, images: ['registry.example/*'] }),
    ...{ refused: MISSING, shows: /keys\/qa\.pub may only vouch for registry\.example\/\*/ },
  },
  {
    ...{ name: 'by one who may scan, and not promote', source: 'qa/web:1' },
    step: demandRecord({ ...QA, role: 'scan' }, { role: 'promotion', key: 'keys/stranger.pub' }),
    ...{ refused: MISSING, shows: /demands one by keys\/stranger\.pub.*One by .*not signed by this signer/ },
  },
];

let scene: TrustScene<'qa' | 'stranger' | 'promoter'>;

beforeAll(async () => {
  scene = await setTrustScene('qa', 'stranger');
}, 60_000);

afterAll(() => scene?.close());

function digestOf(name: string): string {
  return makeSource(name).root.digest;
}

/** One stage: promotes `dev/NAME:1` to `qa/NAME:1`. */
async function promoteTo(environment: string, host: string, name: string): Promise<void> {
  const ended = await scene.promote(`${host}/dev/${name}:1`, `${host}/qa/${name}:1`, {
    policy: { environments: { qa: {}, staging: {} } },
    inputs: { environment, sign: 'false' },
    env: { COSIGN_PRIVATE_KEY: scene.keys.qa.privateKey },
  });
  expect(endOf(ended)).toEqual(success('promoted'));
}

async function readRecord(place: string): Promise<Bundle> {
  const bundles = await readBundles(place);
  const isRecord = ({ dsseEnvelope }: Bundle) =>
    Buffer.from(dsseEnvelope.payload, 'base64').toString().includes(`"predicateType":"${RECORD_TYPE}"`);
  const record = bundles.find(isRecord);
  if (record === undefined) throw new Error(`${place} has no record`);
  return record;
}

/** What former stages, and a hostile hand, left in the repositories of QA. */
async function prepareStages({ host }: ExternalRegistry): Promise<void> {
  for (const name of ['web', 'staged']) await pushSource(host, name);
  await Promise.all([promoteTo('qa', host, 'web'), promoteTo('staging', host, 'staged')]);

  await pushImage(host, 'qa/skipped', '1', makeSource('skipped'));
  await pushImage(host, 'qa/web', '2', makeSource('web'));
  const place = async (repository: string, image: string) =>
    `${host}/${repository}@${await pushImage(host, repository, '1', makeSource(image))}`;
  const [web, staged] = await Promise.all([
    readRecord(`${host}/qa/web@${digestOf('web')}`),
    readRecord(`${host}/qa/staged@${digestOf('staged')}`),
  ]);
  await attachBundle(await place('lab/copied', 'web'), web, RECORD_TYPE);
  await attachBundle(await place('qa/replaced', 'replaced'), web, RECORD_TYPE);
  const younger = alterStatement(staged, (text) =>
    text.replace('"environment":"staging"', '"environment":"qa"').replaceAll('/qa/staged', '/qa/altered'),
  );
  await attachBundle(await place('qa/altered', 'staged'), younger, RECORD_TYPE);
  await Promise.all([
    attachLike(web, await place('qa/named', 'named'), 'registry.example/other', 'qa'),
    attachLike(web, await place('qa/foreign', 'foreign'), `${host}/qa/foreign`, 'stranger'),
  ]);
}

/** Attaches what reads as that record, but is of this image, under this name, and signed by hand. */
async function attachLike(record: Bundle, where: Place, name: string, by: 'qa' | 'stranger'): Promise<void> {
  const { host, repository, digest } = split(where);
  const text = Buffer.from(record.dsseEnvelope.payload, 'base64').toString();
  const { predicate, ...statement } = JSON.parse(text) as { predicate: object };
  const subject = [{ name, digest: { sha256: digest.slice('sha256:'.length) } }];
  const approved = { ...predicate, targets: [`${host}/${repository}:1`] };
  const file = await scene.write(`${by}.json`, JSON.stringify({ ...statement, subject, predicate: approved }));
  await attachBundle(where, await scene.signStatement(by, file), RECORD_TYPE);
}

describe.each(['olareg', 'distribution'] as const)('at %s, an image for production', (where) => {
  let find: (row: Row) => Observed;

  beforeAll(async () => {
    const registry = scene.registries[where];
    await prepareStages(registry);
    find = await observeRows(ROWS, registry, scene.promote);
  }, 180_000);

  it.each(ROWS)('with a promotion record $name', (row) => {
    const observed = find(row);
    expect(observed).toMatchObject(expected(row));
    expect(observed.messages).toMatch(row.shows ?? /^$/);
  });

  it('brings the record of QA along inside its own, and not beside it', async () => {
    const { host } = scene.registries[where];
    const { step, target } = find(GOOD);
    const [record] = await recordsOf(step);
    expect(record?.predicate).toMatchObject({
      environment: 'production',
      sourceEvidence: [{ kind: 'attestation', type: RECORD_TYPE, signer: 'keys/qa.pub' }],
    });
    const evidence = await listEvidence(host, target, digestOf('web'));
    expect(evidence.filter((type) => type === RECORD_TYPE)).toHaveLength(1);
    const former = record?.predicate.inputAttestations.find(({ name }) => name === RECORD_TYPE);
    const content = former?.content ?? '';
    const signed = JSON.parse(Buffer.from(content, 'base64').toString()) as Bundle;
    expect(signed).toEqual(await readRecord(`${host}/qa/web@${digestOf('web')}`));
  }, 60_000);
});
