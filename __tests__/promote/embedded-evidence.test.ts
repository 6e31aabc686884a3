import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { VSA_PREDICATE } from '../../src/chain/vsa.ts';
import { VULN_PREDICATE } from '../../src/chain/vuln.ts';
import { digestHex, digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { embedFormerEvidence } from '../../src/promote/embedded-evidence.ts';
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
      ...[forms[0], forms[2]],
    ]);
  });

  it('of more than a mebibyte is named by its digest only, and counted', async () => {
    const former = [await keep('x'.repeat(MIB + 1)), await keep('y'.repeat(MIB))];
    const { descriptors, bare } = await embedFormerEvidence(former, REPOSITORY, layout);
    expect(descriptors.map(({ content }) => content === undefined)).toEqual([true, false]);
    expect(descriptors[0]?.digest).toEqual({ sha256: digestHex(digestOf('x'.repeat(MIB + 1))) });
    expect(bare).toBe(1);
  });

  it('is of four mebibytes in all at most, records before anything else', async () => {
    const scans = await Promise.all(['a', 'b', 'c'].map((letter) => keep(letter.repeat(MIB), VULN_PREDICATE)));
    const summary = await keep('d'.repeat(MIB), VSA_PREDICATE);
    const record = await keep('e'.repeat(MIB));
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
