import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { VSA_PREDICATE } from '../../src/chain/vsa.ts';
import { VULN_PREDICATE } from '../../src/chain/vuln.ts';
import { digestHex, digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { type EmbeddedEvidence, embedFormerEvidence } from '../../src/promote/embedded-evidence.ts';
import type { FormerEvidence } from '../../src/promote/former-evidence.ts';
import { createLayout, type Layout } from '../../src/transfer/layout.ts';
import { makeBundleText, makeEnvelope } from './signed-bytes.ts';

const REPOSITORY = parseRepository('qa.test/app');
const MIB = 1024 * 1024;

let directory: string;
let layout: Layout;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'promote-embed-'));
  layout = await createLayout(directory);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function keep(bytes: string, predicateType = RECORD_PREDICATE): Promise<FormerEvidence> {
  const signed = { mediaType: 'a/b', digest: digestOf(bytes), size: bytes.length, annotations: {} };
  await layout.writeBytes(signed.digest, Buffer.from(bytes));
  return { manifest: digestOf(`manifest of ${bytes}`), predicateType, signed };
}

describe('former evidence in a new record', () => {
  it('is carried as it was signed, with where it was found', async () => {
    const bundle = makeBundleText(RECORD_PREDICATE);
    const { descriptors, bare } = await embedFormerEvidence([await keep(bundle)], REPOSITORY, layout);
    expect(descriptors).toEqual([
      {
        ...{ name: RECORD_PREDICATE, mediaType: 'a/b', digest: { sha256: digestHex(digestOf(bundle)) } },
        uri: `oci://qa.test/app@${digestOf(`manifest of ${bundle}`)}`,
        content: Buffer.from(bundle).toString('base64'),
      },
    ]);
    expect(bare).toBe(0);
  });

  it('is carried once where it is attached as a bundle and, in the older form, as an envelope', async () => {
    const forms = [
      makeBundleText(RECORD_PREDICATE),
      makeEnvelope(RECORD_PREDICATE),
      makeEnvelope(RECORD_PREDICATE, 'x'),
    ];
    const former = await Promise.all(forms.map((bytes) => keep(bytes)));
    const { descriptors } = await embedFormerEvidence(former, REPOSITORY, layout);
    expect(descriptors.map(({ content = '' }) => Buffer.from(content, 'base64').toString())).toEqual([
      ...[forms[2], forms[0]],
    ]);
  });

  it('of more than a mebibyte is named by its digest only, and counted', async () => {
    const former = [await keep('x'.repeat(MIB + 1)), await keep('y'.repeat(MIB))];
    const { descriptors, bare } = await embedFormerEvidence(former, REPOSITORY, layout);
    expect(descriptors.map(({ content }) => content === undefined)).toEqual([false, true]);
    expect(descriptors[1]?.digest).toEqual({ sha256: digestHex(digestOf('x'.repeat(MIB + 1))) });
    expect(bare).toBe(1);
  });

  it('on which nothing relies is of one mebibyte in all at most, records and small ones before anything else', async () => {
    const scans = await Promise.all(['a', 'b', 'cc'].map((letter) => keep(letter.repeat(MIB / 4), VULN_PREDICATE)));
    const summary = await keep('d'.repeat(MIB / 4), VSA_PREDICATE);
    const record = await keep('e'.repeat(MIB / 4));
    const { descriptors, bare } = await embedFormerEvidence([...scans, summary, record], REPOSITORY, layout);
    expect(descriptors.map(({ name, content }) => [name, content !== undefined])).toEqual([
      [RECORD_PREDICATE, true],
      [VSA_PREDICATE, true],
      [VULN_PREDICATE, true],
      [VULN_PREDICATE, true],
      [VULN_PREDICATE, false],
    ]);
    expect(bare).toBe(1);
  });
});

describe('junk that a stranger attached', () => {
  const makeJunk = async (): Promise<readonly FormerEvidence[]> => [
    ...(await Promise.all(Array.from({ length: 46 }, (_, i) => keep(makeBundleText(RECORD_PREDICATE, `junk ${i}`))))),
    ...(await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => keep(letter.repeat(0.9 * MIB))))),
  ];
  const namesOf = ({ descriptors }: EmbeddedEvidence): readonly (string | undefined)[] =>
    descriptors.flatMap(({ uri, content }) => (content === undefined ? [] : [uri]));

  it('crowds out nothing that the promotion relied on, and is left out beyond a small rest', async () => {
    const record = await keep(makeBundleText(RECORD_PREDICATE, 'x'.repeat(0.6 * MIB)));
    const scans = await Promise.all(['0', '1', '2', '3'].map((letter) => keep(letter.repeat(MIB), VULN_PREDICATE)));
    const relied = [record, ...scans].map(({ manifest }) => ({ signer: 'qa', statement: {}, manifest }));
    const embedded = await embedFormerEvidence([...(await makeJunk()), record, ...scans], REPOSITORY, layout, relied);
    expect(namesOf(embedded).slice(0, 5)).toEqual(relied.map(({ manifest }) => `oci://qa.test/app@${manifest}`));
    expect(embedded.descriptors).toHaveLength(5 + 20);
    expect([embedded.bare, embedded.leftOut]).toEqual([0, 32]);
  });

  it('that is large is named at most', async () => {
    const embedded = await embedFormerEvidence((await makeJunk()).slice(44), REPOSITORY, layout);
    expect([namesOf(embedded).length, embedded.bare, embedded.leftOut]).toEqual([3, 5, 0]);
  });

  it('and repeats what a record of a legacy tag says takes nothing from it, nor its place', async () => {
    const genuine = await keep(makeEnvelope(RECORD_PREDICATE, 'genuine'));
    const repeated = await keep(makeBundleText(RECORD_PREDICATE, 'genuine'));
    const payload = JSON.parse(makeEnvelope(RECORD_PREDICATE, 'genuine')).payload as string;
    const statement = JSON.parse(Buffer.from(payload, 'base64').toString());
    const all = [repeated, ...(await makeJunk()), genuine];
    const embedded = await embedFormerEvidence(all, REPOSITORY, layout, [{ signer: 'qa', statement }]);
    const uris = [genuine, repeated].map(({ manifest }) => `oci://qa.test/app@${manifest}`);
    expect(new Set(namesOf(embedded).slice(0, 2))).toEqual(new Set(uris));
  });

  it('and repeats a record that was relied on does not stand in for it', async () => {
    const genuine = await keep(makeBundleText(RECORD_PREDICATE, 'genuine'));
    const repeated = await keep(makeEnvelope(RECORD_PREDICATE, 'genuine'));
    const relied = [{ signer: 'qa', statement: {}, manifest: genuine.manifest }];
    const embedded = await embedFormerEvidence([repeated, genuine], REPOSITORY, layout, relied);
    expect(namesOf(embedded)).toEqual([`oci://qa.test/app@${genuine.manifest}`]);
  });
});
