import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeAuthority } from '../../lab/certificate.ts';
import { makeSigningKey } from '../../lab/signing-key.ts';
import type { PromoteStep } from './fixture.ts';
import { type KeylessScene, ROOT_FILE, setKeylessScene } from './keyless-fixture.ts';
import { ACCEPTED, ISSUER, REFUSED, SCANNER, SCANS, SIGNERS } from './keyless-source-rows.ts';
import { pushSource } from './trust-fixture.ts';
import { expected, type Observed, observeRows, type Row } from './trust-rows.ts';

let scene: KeylessScene;
let seen: (row: Row) => Observed;

beforeAll(async () => {
  scene = await setKeylessScene();
  const { host } = scene.registry;
  await pushSource(host, 'unsigned');
  const signed = Object.entries(SIGNERS);
  await Promise.all([
    ...signed.map(async ([name, claims]) => scene.sign(claims, await pushSource(host, name))),
    attestScan(await pushSource(host, 'attested')),
    signWithKey(await pushSource(host, 'by-key')),
  ]);
  const otherRoot = await scene.readRoot({ certificateAuthority: makeAuthority('another').cert });
  const rows = [...REFUSED, ...ACCEPTED, ...SCANS];
  seen = await observeRows(rows, scene.registry, (source, target, step) => {
    const { files, ...told } = JSON.parse(
      JSON.stringify(step).replaceAll(ISSUER, scene.sigstore.issuer),
    ) as PromoteStep;
    return scene.promote(source, target, files === undefined ? told : { ...told, files: { [ROOT_FILE]: otherRoot } });
  });
}, 180_000);

afterAll(() => scene?.close());

async function attestScan(reference: string): Promise<void> {
  const now = new Date().toISOString();
  const report = { scanner: { uri: 'pkg:github/acme/scanner' }, metadata: { scanStartedOn: now, scanFinishedOn: now } };
  await scene.attest(SCANNER, reference, 'vuln', report);
}

async function signWithKey(reference: string): Promise<void> {
  await scene.write('by.key', (await makeSigningKey('')).privateKey);
  await scene.signWith('by.key', reference);
}

/** Holds what was seen of a row against what it says. */
function check(row: Row): void {
  expect(seen(row)).toMatchObject(expected(row));
  expect(seen(row).messages).toMatch(row.shows ?? /^$/);
}

describe('an image that has to be signed by a workflow', () => {
  it.each(REFUSED)('and is signed by $name is refused, and nothing is written', check);
  it.each(ACCEPTED)('and is signed by $name is promoted', check);
});

describe('a scan that has to be attested', () => {
  it.each(SCANS)('$name is looked at by who signed it', check);
});
