import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildIndex } from '../../lab/image/build-index.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import type { PromoteStep } from './fixture.ts';
import { alterSignature, alterStatement, attachBundle, copyOlderTag, readBundles } from './trust-attach.ts';
import { pushSource, setTrustScene, type TrustScene, VULN_TYPE } from './trust-fixture.ts';
import { expected, type Observed, observeRows, type Row } from './trust-rows.ts';

const NOTE_TYPE = 'https://example.test/note/v1';
const PROVENANCE_TYPE = 'https://slsa.dev/provenance/v1';
const BUILDER = 'https://github.com/acme/builds/.github/workflows/build.yml@refs/tags/v1';
const DAY = 86_400_000;

const QA = { role: 'scan', key: 'keys/qa.pub' };
const SCAN = { type: VULN_TYPE, role: 'scan', maxAge: '7d' };
const WEEKLY = demand({});
const BUILT = { type: PROVENANCE_TYPE, role: 'source', builder: BUILDER, repository: 'acme/shop', branch: 'main' };

function demand(more: object, signer: object = QA): PromoteStep {
  return { policy: { signers: [signer], attestations: { require: [{ ...SCAN, ...more }] } } };
}

function demandProvenance(more: object): PromoteStep {
  const require = [{ ...BUILT, ...more }];
  return { inputs: { 'source-key': 'keys/dev.pub' }, policy: { attestations: { require } } };
}

const MISSING = ['ATTESTATION_MISSING'];
const INVALID = ['ATTESTATION_INVALID'];

const SCANS: readonly Row[] = [
  { name: 'by QA, of today', source: 'dev/fresh:1', step: WEEKLY },
  { name: 'by QA, whatever its annotation says of its type', source: 'dev/mislabelled:1', step: WEEKLY },
  { name: 'by QA, in the form of cosign 2', source: 'dev/fresh-legacy:1', step: WEEKLY },
  { name: 'by QA on each platform', source: 'dev/index:1', step: WEEKLY },
  { name: 'by QA, beside others that count for nothing', source: 'dev/mixed:1', step: WEEKLY },
  { name: 'by QA, of long ago, where any age will do', source: 'dev/old:1', step: demand({ maxAge: undefined }) },
  {
    ...{ name: 'that nobody made', source: 'dev/signed:1', step: WEEKLY },
    ...{ refused: MISSING, shows: /Of type https:\/\/sigstore\.dev\/cosign\/sign\/v1, which is not what is asked for/ },
  },
  {
    ...{ name: 'by QA, older than allowed', source: 'dev/old:1', step: WEEKLY },
    ...{ refused: ['ATTESTATION_STALE'], shows: /is too old: .*30d ago.*at most 7d old/ },
  },
  {
    ...{ name: 'by a stranger', source: 'dev/foreign:1', step: WEEKLY },
    ...{ refused: MISSING, shows: /One by .*not signed by this signer/ },
  },
  {
    ...{ name: 'whose statement was made younger by hand', source: 'dev/altered-statement:1', step: WEEKLY },
    ...{ refused: MISSING, shows: /altered after it was signed/ },
  },
  {
    ...{ name: 'whose bundle was altered', source: 'dev/altered-signature:1', step: WEEKLY },
    ...{ refused: MISSING, shows: /altered after it was signed/ },
  },
  {
    ...{ name: 'of another digest', source: 'dev/borrowed:1', step: WEEKLY },
    ...{ refused: MISSING, shows: /it is about another digest/ },
  },
  {
    ...{ name: 'of another digest, in the form of cosign 2', source: 'dev/borrowed-legacy:1', step: WEEKLY },
    ...{ refused: MISSING, shows: /\.att/ },
  },
  {
    ...{ name: 'that is one by its annotation alone', source: 'dev/pretended:1', step: WEEKLY },
    ...{ refused: MISSING, shows: new RegExp(`Of type ${NOTE_TYPE}, which is not what is asked for`) },
  },
  {
    ...{ name: 'that does not say when it was made', source: 'dev/timeless:1', step: WEEKLY },
    ...{ refused: INVALID, shows: /it does not say when it was made/ },
  },
  {
    ...{ name: 'from the future', source: 'dev/future:1', step: WEEKLY },
    ...{ refused: INVALID, shows: /ahead|future/ },
  },
  {
    ...{ name: 'by another scanner', source: 'dev/fresh:1', step: demand({ scanner: 'grype' }) },
    ...{ refused: INVALID, shows: /its scanner is pkg:github\/aquasecurity\/trivy.*, not grype/ },
  },
  {
    ...{ name: 'of one platform only', source: 'dev/half-index:1', step: WEEKLY },
    ...{ refused: MISSING, shows: /No attestation of this type was found there/ },
  },
  {
    ...{ name: 'by one who may no longer scan', source: 'dev/fresh:1' },
    ...{ step: demand({}, { ...QA, notAfter: new Date(Date.now() - DAY).toISOString() }) },
    ...{ refused: MISSING, shows: /keys\/qa\.pub counted until/ },
  },
  {
    ...{ name: 'by one who may scan other images only', source: 'dev/fresh:1' },
    ...{ step: demand({}, { ...QA, images: ['registry.example/*'] }) },
    ...{ refused: MISSING, shows: /keys\/qa\.pub may only vouch for registry\.example\/\*/ },
  },
  {
    ...{ name: 'that only this environment demands', source: 'dev/signed:1' },
    step: {
      inputs: { environment: 'production' },
      policy: { signers: [QA], environments: { production: { attestations: { require: [SCAN] } } } },
    },
    ...{ refused: MISSING, shows: new RegExp(VULN_TYPE) },
  },
  {
    ...{ name: 'that nobody made, of an image that nobody signed', source: 'dev/unsigned:1' },
    step: { ...WEEKLY, inputs: { 'source-key': 'keys/dev.pub' } },
    ...{ refused: ['SOURCE_UNSIGNED', 'ATTESTATION_MISSING'], shows: /No attestation of this type was found there/ },
  },
];

const BUILDS: readonly Row[] = [
  { name: 'by the builder, from the repository and the branch', source: 'dev/built:1', step: demandProvenance({}) },
  {
    ...{ name: 'by another builder', source: 'dev/built:1' },
    step: demandProvenance({ builder: 'https://github.com/acme/other/*' }),
    ...{ refused: INVALID, shows: new RegExp(`its builder is ${BUILDER}, not https://github.com/acme/other/`) },
  },
  {
    ...{ name: 'from another branch', source: 'dev/built:1', step: demandProvenance({ branch: 'release' }) },
    ...{ refused: INVALID, shows: /refs\/heads\/main, not refs\/heads\/release/ },
  },
];

const ROWS = [
  ...SCANS.map((row): Row => ({ ...row, name: `a scan ${row.name}` })),
  ...BUILDS.map((row): Row => ({ ...row, name: `provenance ${row.name}` })),
].map((row, index): Row => ({ ...row, signs: index === 0 }));

/** What is decided by the statement or the policy alone, and so alike whatever the registry. */
const ALIKE = /scan (?:by QA, of long ago|that does not say|from the future|by another scanner|by one who)|provenance/;

let scene: TrustScene<'dev' | 'qa' | 'promoter'>;

beforeAll(async () => {
  scene = await setTrustScene('dev', 'qa');
}, 60_000);

afterAll(() => scene?.close());

/** What cosign takes as `--type vuln`, finished so many days ago. */
function makeReport(daysAgo?: number): object {
  const time = new Date(Date.now() - (daysAgo ?? 0) * DAY).toISOString();
  return {
    invocation: { parameters: [], uri: '', event_id: '', 'builder.id': '' },
    scanner: {
      uri: 'pkg:github/aquasecurity/trivy@0.72.0',
      version: '0.72.0',
      db: { uri: '', version: '' },
      result: {},
    },
    metadata: daysAgo === undefined ? {} : { scanStartedOn: time, scanFinishedOn: time },
  };
}

const PROVENANCE = {
  buildDefinition: {
    buildType: 'https://actions.github.io/buildtypes/workflow/v1',
    externalParameters: { workflow: { repository: 'https://github.com/acme/shop', ref: 'refs/heads/main' } },
    resolvedDependencies: [
      { uri: 'git+https://github.com/acme/shop@refs/heads/main', digest: { gitCommit: 'c0ffee'.padEnd(40, '0') } },
    ],
  },
  runDetails: { builder: { id: BUILDER }, metadata: {} },
};

/** Every kind of source, by what stock cosign and a hostile hand left attached to it. */
async function prepareSources(host: string): Promise<void> {
  const push = (name: string, image?: string) => pushSource(host, name, image);
  const scanned = async (name: string, daysAgo: number): Promise<string> => {
    const place = await push(name);
    await scene.attest('qa', place, 'vuln', makeReport(daysAgo));
    return place;
  };
  await push('unsigned');
  await scene.sign('qa', await push('signed'));
  const [fresh, old] = await Promise.all([scanned('fresh', 0), scanned('old', 30)]);
  // With the short name of the type, cosign would put in the year 1.
  await Promise.all([scene.attest('qa', await push('timeless'), VULN_TYPE, makeReport()), scanned('future', -1)]);
  const legacy = await push('fresh-legacy');
  await Promise.all([
    scene.attestAsBefore('qa', legacy, 'vuln', makeReport(0)),
    scene.attest('dev', await push('foreign'), 'vuln', makeReport(0)),
  ]);
  const [note, built] = [await push('note'), await push('built')];
  await Promise.all([
    scene.attest('qa', note, NOTE_TYPE, makeReport(0)),
    scene.attest('dev', built, 'slsaprovenance1', PROVENANCE),
  ]);
  await scene.sign('dev', built);
  const [[good], [stale], [other]] = await Promise.all([readBundles(fresh), readBundles(old), readBundles(note)]);
  if (good === undefined || stale === undefined || other === undefined) throw new Error('cosign attached nothing');

  const [year, today] = [-30, 0].map((days) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10));
  const younger = alterStatement(stale, (text) => text.replaceAll(year ?? '', today ?? ''));
  await attachBundle(await push('altered-statement', 'old'), younger, VULN_TYPE);
  await attachBundle(await push('altered-signature', 'fresh'), alterSignature(good), VULN_TYPE);
  await attachBundle(await push('borrowed'), good, VULN_TYPE);
  await copyOlderTag(legacy, await push('borrowed-legacy'), 'att');
  await attachBundle(await push('pretended', 'note'), other, VULN_TYPE);
  await attachBundle(await push('mislabelled', 'fresh'), good, NOTE_TYPE);
  const mixed = await push('mixed', 'fresh');
  for (const bundle of [stale, alterSignature(good), good]) await attachBundle(mixed, bundle, VULN_TYPE);

  const [first, second] = ['amd64', 'arm64'].map((architecture) =>
    buildImage({ platform: { os: 'linux', architecture }, labels: { name: 'child' } }),
  );
  if (first === undefined || second === undefined) throw new Error('an index has children');
  for (const name of ['index', 'half-index']) await pushImage(host, `dev/${name}`, '1', buildIndex([first, second]));
  await scene.attest('qa', `${host}/dev/half-index@${first.root.digest}`, 'vuln', makeReport(0));
  await Promise.all(
    [first, second].map(({ root }) => scene.attest('qa', `${host}/dev/index@${root.digest}`, 'vuln', makeReport(0))),
  );
}

describe.each(['olareg', 'distribution'] as const)('at %s, an image', (where) => {
  const rows = ROWS.filter(({ name }) => where === 'olareg' || !ALIKE.test(name));
  let find: (row: Row) => Observed;

  beforeAll(async () => {
    const registry = scene.registries[where];
    await prepareSources(registry.host);
    find = await observeRows(rows, registry, scene.promote);
  }, 180_000);

  it.each(rows)('with $name', (row) => {
    const observed = find(row);
    expect(observed).toMatchObject(expected(row));
    expect(observed.messages).toMatch(row.shows ?? /^$/);
  });
});
