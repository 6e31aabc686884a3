import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { alterSignature, alterStatement, attachBundle, copyOlderTag, readBundles, split } from './trust-attach.ts';
import { pushSource, setTrustScene, type TrustScene, VULN_TYPE } from './trust-fixture.ts';
import { expected, type Observed, observeRows, type Row } from './trust-rows.ts';

const SIGNATURE = 'https://sigstore.dev/cosign/sign/v1';
const DEV = { role: 'source', key: 'keys/dev.pub' };
const NEXT = { role: 'source', key: 'keys/next.pub' };
const SIGNERS = { policy: { signers: [DEV] } };
const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString();

const REFUSED: readonly Row[] = [
  {
    name: 'nobody',
    source: 'dev/unsigned:1',

    step: SIGNERS,
    shows: /keys\/dev\.pub.*No other signature was found/,
  },
  {
    name: 'nobody, where an input demands it',
    source: 'dev/unsigned:1',
    step: { inputs: { 'source-key': 'keys/dev.pub' } },
    shows: /the source-\* inputs demand.*keys\/dev\.pub.*No other signature was found/i,
  },
  {
    name: 'another key',
    source: 'dev/signed:1',
    step: { policy: { signers: [NEXT] } },
    shows: /a signature by keys\/next\.pub.*Found instead: One by .*not signed by this signer/,
  },
  {
    name: 'another key in the form of cosign 2',
    source: 'dev/legacy:1',
    step: { policy: { signers: [NEXT] } },
    shows: /a signature by keys\/next\.pub.*Found instead: .*\.sig/,
  },
  {
    name: 'another key than the input names, which the policy alone would accept',
    source: 'dev/signed:1',
    step: { ...SIGNERS, inputs: { 'source-key': 'keys/next.pub' } },
    shows: /the source-\* inputs demand a signature by keys\/next\.pub/i,
  },
  {
    name: 'the right key for another digest',
    source: 'dev/borrowed:1',
    step: SIGNERS,
    shows: /it is about another digest/,
  },
  {
    name: 'the right key for another digest, in the form of cosign 2',
    source: 'dev/borrowed-legacy:1',
    step: SIGNERS,
    shows: /Found instead: .*\.sig/,
  },
  {
    name: 'the right key in a statement that was altered since',
    source: 'dev/altered-statement:1',
    step: SIGNERS,
    shows: /altered after it was signed/,
  },
  {
    name: 'the right key in a bundle that was altered since',
    source: 'dev/altered-signature:1',
    step: SIGNERS,
    shows: /altered after it was signed/,
  },
  {
    name: 'the right key, but only under an attestation',
    source: 'dev/attested:1',
    step: SIGNERS,
    shows: new RegExp(`Of type ${VULN_TYPE}, which is not what is asked for`),
  },
  {
    name: 'the right key, but only under an attestation whose annotation calls it a signature',
    source: 'dev/disguised:1',
    step: SIGNERS,
    shows: new RegExp(`Of type ${VULN_TYPE}, which is not what is asked for`),
  },
  {
    name: 'a signer whose time is over',
    source: 'dev/signed:1',
    step: { policy: { signers: [{ ...DEV, notAfter: YESTERDAY }] } },
    shows: /keys\/dev\.pub counted until/,
  },
  {
    name: 'a signer whose time has not come',
    source: 'dev/signed:1',
    step: { policy: { signers: [{ ...DEV, notBefore: '2099-01-01' }] } },
    shows: /keys\/dev\.pub counts from 2099-01-01 on/,
  },
  {
    name: 'the former signer after a rotation',
    source: 'dev/signed:1',
    step: { policy: { signers: [{ ...DEV, notAfter: YESTERDAY }, NEXT] } },
    shows: /a signature by keys\/next\.pub, and none was found.*keys\/dev\.pub counted until/,
  },
  {
    name: 'a signer for other images',
    source: 'dev/signed:1',
    step: { policy: { signers: [{ ...DEV, images: ['registry.example/team-b/*'] }] } },
    shows: /keys\/dev\.pub may only vouch for registry\.example\/team-b\/\*/,
  },
  {
    name: 'a signer whom this environment does not trust',
    source: 'dev/signed:1',
    step: {
      inputs: { environment: 'production' },
      policy: { signers: [DEV], environments: { production: { signers: [NEXT] }, staging: {} } },
    },
    shows: /a signature by keys\/next\.pub/,
  },
];

const ACCEPTED: readonly Row[] = [
  { name: 'the key that the policy names', source: 'dev/signed:1', step: SIGNERS },
  { name: 'the key of the input', source: 'dev/signed:1', step: { inputs: { 'source-key': 'keys/dev.pub' } } },
  { name: 'the key that the policy names, in the form of cosign 2', source: 'dev/legacy:1', step: SIGNERS },
  { name: 'the former of two keys', source: 'dev/signed:1', step: { policy: { signers: [DEV, NEXT] } } },
  { name: 'the newer of two keys', source: 'dev/signed-next:1', step: { policy: { signers: [DEV, NEXT] } } },
  {
    name: 'the newer key where the time of the former is over',
    source: 'dev/signed-next:1',
    step: {
      policy: {
        signers: [
          { ...DEV, notAfter: YESTERDAY },
          { ...NEXT, notBefore: YESTERDAY },
        ],
      },
    },
  },
  {
    name: 'the key that this environment trusts',
    source: 'dev/signed:1',
    step: {
      inputs: { environment: 'staging' },
      policy: { signers: [DEV], environments: { production: { signers: [NEXT] }, staging: {} } },
    },
  },
  { name: 'the right key, beside one that was altered', source: 'dev/mixed:1', step: SIGNERS },
];

/** What is decided by policy and inputs alone, and so alike whatever the registry. */
const ALIKE = /than the input names|the former signer after|the newer key where/;

let scene: TrustScene<'dev' | 'next' | 'promoter'>;

beforeAll(async () => {
  scene = await setTrustScene('dev', 'next');
}, 60_000);

afterAll(() => scene?.close());

/** Every kind of source, by what stock cosign and a hostile hand left attached to it. */
async function prepareSources(host: string): Promise<void> {
  const push = (name: string, image?: string) => pushSource(host, name, image);
  await push('unsigned');
  const signed = await push('signed');
  const legacy = await push('legacy');
  const attested = await push('attested');
  await Promise.all([scene.sign('dev', signed), scene.signAsBefore('dev', legacy)]);
  const report = { scanner: { uri: 'pkg:github/acme/scanner' } };
  await Promise.all([scene.sign('next', await push('signed-next')), scene.attest('dev', attested, 'vuln', report)]);
  const [[signature], [attestation]] = await Promise.all([readBundles(signed), readBundles(attested)]);
  if (signature === undefined || attestation === undefined) throw new Error('cosign attached nothing');

  await attachBundle(await push('borrowed'), signature, SIGNATURE);
  await copyOlderTag(legacy, await push('borrowed-legacy'), 'sig');
  const forged = await push('altered-statement');
  const toOwn = (text: string) => text.replaceAll(hexOf(signed), hexOf(forged));
  await attachBundle(forged, alterStatement(signature, toOwn), SIGNATURE);
  await attachBundle(await push('altered-signature', 'signed'), alterSignature(signature), SIGNATURE);
  const mixed = await push('mixed', 'signed');
  for (const bundle of [alterSignature(signature), signature]) await attachBundle(mixed, bundle, SIGNATURE);
  await attachBundle(await push('disguised', 'attested'), attestation, SIGNATURE);
}

const hexOf = (place: string): string => split(place).digest.replace('sha256:', '');

const ROWS = [...REFUSED.map((row): Row => ({ ...row, refused: ['SOURCE_UNSIGNED'] })), ...ACCEPTED].map(
  (row, index): Row => ({ ...row, signs: index === 0 }),
);

describe.each(['olareg', 'distribution'] as const)('an image at %s', (where) => {
  const rows = ROWS.filter(({ name }) => where === 'olareg' || !ALIKE.test(name));
  let find: (row: Row) => Observed;

  beforeAll(async () => {
    const registry = scene.registries[where];
    await prepareSources(registry.host);
    find = await observeRows(rows, registry, scene.promote);
  }, 180_000);

  it.each(rows)('signed by $name', (row) => {
    const observed = find(row);
    expect(observed).toMatchObject(expected(row));
    expect(observed.messages).toMatch(row.shows ?? /^$/);
  });
});
