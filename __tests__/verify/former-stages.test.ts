import { createHash, generateKeyPairSync } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { PromotionRecord } from '../../src/chain/record.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository, type Repository } from '../../src/image/reference.ts';
import type { TrustList } from '../../src/policy/trust.ts';
import type { Verifier } from '../../src/signer/verifier.ts';
import { readFormerStages } from '../../src/verify/former-stages.ts';
import { createFakeVerifier, makeSampleStatement, signAs, trustKey } from './fake-evidence.ts';

const DIGEST = digestOf('the image');
const [DEV, QA, PROD] = ['dev.test/app', 'qa.test/app', 'prod.test/app'].map((name) => parseRepository(name)) as [
  Repository,
  Repository,
  Repository,
];
const from = (repository: Repository): Partial<PromotionRecord> => ({
  source: { reference: `${repository}:1`, digest: DIGEST },
});
const trustIn =
  (...names: readonly string[]) =>
  (): readonly TrustList[] => [{ policy: 'a policy', anchors: names.map(trustKey), lapsed: [] }];

/** What the record of production says of the stages before it. */
const readAll = (
  former: readonly Uint8Array[],
  trust: (repository: Repository) => readonly TrustList[],
  verifier = createFakeVerifier(),
) => readFormerStages(makeSampleStatement(PROD, DIGEST, from(QA), former).predicate, { verifier, trust });
const read = async (...args: Parameters<typeof readAll>) => (await readAll(...args)).stages;

const qaRecord = (by: string, former: readonly Uint8Array[] = []): Uint8Array =>
  signAs(by, makeSampleStatement(QA, DIGEST, { ...from(DEV), environment: 'qa' }, former));

describe('a former stage', () => {
  it('is verified by who may promote to its own repository', async () => {
    expect(await read([qaRecord('qa-key')], trustIn('other', 'qa-key'))).toMatchObject([
      { repository: QA, verified: true, signer: 'qa-key', environment: 'qa', source: { reference: `${DEV}:1` } },
    ]);
  });

  it('is told and not vouched for when another signed it, or nobody is named', async () => {
    expect(await read([qaRecord('stranger')], trustIn('qa-key'))).toMatchObject([
      { verified: false, reason: 'by a policy, its signer does not count; not by qa-key' },
    ]);
    expect(await read([qaRecord('qa-key')], () => [])).toMatchObject([
      { verified: false, reason: 'nobody is named here who may promote to it' },
    ]);
    expect(await read([qaRecord('qa-key')], trustIn())).toMatchObject([{ verified: false }]);
  });

  it('must satisfy every policy', async () => {
    const both = (): readonly TrustList[] => [...trustIn('qa-key')(), ...trustIn('second')()];
    expect(await read([qaRecord('qa-key')], both)).toMatchObject([{ verified: false }]);
  });

  it('is none when it is about another repository than the image was taken from', async () => {
    const elsewhere = signAs('qa-key', makeSampleStatement(parseRepository('evil.test/app'), DIGEST, from(DEV)));
    expect(await read([elsewhere], trustIn('qa-key'))).toMatchObject([
      { repository: 'evil.test/app', verified: false, reason: expect.stringContaining(QA) },
    ]);
  });

  it('leads to the stage before it, the last one first', async () => {
    const built = signAs('qa-key', makeSampleStatement(DEV, DIGEST, from(parseRepository('build.test/app'))));
    const stages = await read([qaRecord('qa-key', [built])], trustIn('qa-key'));
    expect(stages.map(({ repository, verified }) => [repository, verified])).toEqual([
      [QA, true],
      [DEV, true],
    ]);
  });

  it('that is not verified vouches for nothing inside it', async () => {
    const built = signAs('qa-key', makeSampleStatement(DEV, DIGEST, from(parseRepository('build.test/app'))));
    expect(await read([qaRecord('stranger', [built])], trustIn('qa-key'))).toHaveLength(1);
  });

  it('is not what is about another digest, of another type, or no bundle', async () => {
    const other = signAs('qa-key', makeSampleStatement(QA, digestOf('another'), from(DEV)));
    const typed = signAs('qa-key', { ...makeSampleStatement(QA, DIGEST), predicateType: 'https://example.test/x' });
    expect(await read([other, typed, Buffer.from('{}'), Buffer.from('x')], trustIn('qa-key'))).toEqual([]);
  });
});

describe('records by strangers', () => {
  /** Each is another one. */
  const junk = (count: number, by: string, repository = QA): Uint8Array[] =>
    Array.from({ length: count }, (_, i) =>
      signAs(by, makeSampleStatement(repository, DIGEST, { ...from(DEV), environment: `junk-${i}` })),
    );
  /** Believes whom createFakeVerifier believes, and counts what it is asked, and how much of it at a time. */
  const makeCounter = () => {
    const { verifyBundle, ...rest } = createFakeVerifier();
    const seen = { asked: 0, running: 0, most: 0 };
    const counting: Verifier['verifyBundle'] = async (...args) => {
      seen.asked++;
      seen.most = Math.max(seen.most, ++seen.running);
      await setImmediate();
      seen.running--;
      return verifyBundle(...args);
    };
    return { seen, verifier: { ...rest, verifyBundle: counting } };
  };

  it('take no room from what is verified, and are told up to a bound, as how many there are more', async () => {
    const built = signAs('qa-key', makeSampleStatement(DEV, DIGEST, from(parseRepository('build.test/app'))));
    const former = [...junk(40, 'stranger'), qaRecord('qa-key', [built]), ...junk(20, 'stranger', DEV)];
    const { stages, untold } = await readAll(former, trustIn('qa-key'));
    expect(stages.slice(0, 3).map(({ repository, verified }) => [repository, verified])).toEqual([
      [QA, true],
      [DEV, true],
      [QA, false],
    ]);
    expect([stages.length, untold]).toEqual([32, 30]);
  });

  it('are verified a few at a time and not without end, whoever names the trusted key first', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const der = publicKey.export({ type: 'spki', format: 'der' });
    const name = createHash('sha256').update(der).digest('base64');
    const trust = (): readonly TrustList[] => [
      { policy: 'a policy', anchors: [{ ...trustKey(name), key }], lapsed: [] },
    ];
    const { seen, verifier } = makeCounter();
    const { stages, untold } = await readAll([...junk(300, 'stranger'), qaRecord(name)], trust, verifier);
    expect(stages[0]).toMatchObject({ verified: true, environment: 'qa' });
    expect([stages.length, untold, seen]).toEqual([32, 269, { asked: 64, running: 0, most: 4 }]);
  });

  it('are each verified once, be they carried twice', async () => {
    const { seen, verifier } = makeCounter();
    const record = qaRecord('qa-key');
    expect((await readAll([record, record], trustIn('qa-key'), verifier)).stages).toHaveLength(1);
    expect(seen.asked).toBe(1);
  });
});
