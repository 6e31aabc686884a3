import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { SIGNATURE_PREDICATE } from '../../src/chain/statement.ts';
import { VSA_PREDICATE } from '../../src/chain/vsa.ts';
import { VULN_PREDICATE } from '../../src/chain/vuln.ts';
import { splitFormerEvidence } from '../../src/promote/former-evidence.ts';
import { createLayout, type Layout } from '../../src/transfer/layout.ts';
import { NO_REFERRERS } from '../../src/transfer/referrers.ts';
import { makeAttTag, makeBundleReferrerOf, makeBundleText, makeEnvelope } from './signed-bytes.ts';

const SPDX = 'https://spdx.dev/Document';

let directory: string;
let layout: Layout;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'promote-former-'));
  layout = await createLayout(directory);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('evidence of former stages among bundles', () => {
  it('is records, verification summaries and scans; signatures and SBOMs are carried along', async () => {
    const types = [RECORD_PREDICATE, SPDX, VSA_PREDICATE, SIGNATURE_PREDICATE, VULN_PREDICATE];
    const referrers = await Promise.all(types.map((type) => makeBundleReferrerOf(layout, makeBundleText(type), type)));
    const { carried, former } = await splitFormerEvidence({ ...NO_REFERRERS, referrers }, layout);
    expect(carried.referrers).toEqual([referrers[1], referrers[3]]);
    expect(former.map(({ predicateType }) => predicateType)).toEqual([
      ...[RECORD_PREDICATE, VSA_PREDICATE, VULN_PREDICATE],
    ]);
    expect(former[0]?.manifest).toBe(referrers[0]?.content.digest);
  });

  it('is told by what is signed, whatever the annotation says or does not say', async () => {
    const hidden = await makeBundleReferrerOf(layout, makeBundleText(RECORD_PREDICATE, 'hidden'), SPDX);
    const untold = await makeBundleReferrerOf(layout, makeBundleText(VULN_PREDICATE, 'untold'));
    const decoy = await makeBundleReferrerOf(layout, makeBundleText(SPDX, 'decoy'), RECORD_PREDICATE);
    const referrers = [hidden, untold, decoy];
    const { carried, former } = await splitFormerEvidence({ ...NO_REFERRERS, referrers }, layout);
    expect(carried.referrers).toEqual([decoy]);
    expect(former.map(({ predicateType }) => predicateType)).toEqual([RECORD_PREDICATE, VULN_PREDICATE]);
  });

  it('is told by the annotation where nothing can be read', async () => {
    const broken = await makeBundleReferrerOf(layout, 'no bundle', RECORD_PREDICATE);
    const other = await makeBundleReferrerOf(layout, 'nor this');
    const { carried, former } = await splitFormerEvidence({ ...NO_REFERRERS, referrers: [broken, other] }, layout);
    expect([carried.referrers, former.length]).toEqual([[other], 1]);
  });

  it('is not looked for in what is no bundle', async () => {
    const text = makeBundleText(RECORD_PREDICATE);
    const lookalike = await makeBundleReferrerOf(layout, text, undefined, 'text/plain');
    const { carried, former } = await splitFormerEvidence({ ...NO_REFERRERS, referrers: [lookalike] }, layout);
    expect([carried.referrers, former]).toEqual([[lookalike], []]);
  });
});

describe('evidence of former stages in a .att tag', () => {
  it('is taken out of it by what is signed, and the other attestations stay', async () => {
    const parts = [
      { bytes: makeEnvelope(SPDX), told: SPDX },
      { bytes: makeEnvelope(RECORD_PREDICATE), told: SPDX },
      { bytes: makeEnvelope(VULN_PREDICATE) },
    ];
    const tag = await makeAttTag(layout, ...parts);
    const { carried, former } = await splitFormerEvidence({ ...NO_REFERRERS, legacy: [tag] }, layout);
    expect(carried.legacy).toEqual([{ ...tag, layers: tag.layers.slice(0, 1) }]);
    expect(former.map(({ manifest, signed }) => [manifest, signed])).toEqual(
      tag.layers.slice(1).map(({ descriptor }) => [tag.content.digest, descriptor]),
    );
  });

  it('leaves no tag behind where there was nothing else', async () => {
    const tag = await makeAttTag(layout, { bytes: makeEnvelope(RECORD_PREDICATE) });
    expect((await splitFormerEvidence({ ...NO_REFERRERS, legacy: [tag] }, layout)).carried.legacy).toEqual([]);
  });

  it('is not looked for in signatures', async () => {
    const tag = { ...(await makeAttTag(layout, { bytes: makeEnvelope(RECORD_PREDICATE) })), form: 'sig' as const };
    expect((await splitFormerEvidence({ ...NO_REFERRERS, legacy: [tag] }, layout)).carried.legacy).toEqual([tag]);
  });
});
