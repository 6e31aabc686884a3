import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/base/error.ts';
import { FieldReader } from '../../src/base/fields.ts';
import { digestOf } from '../../src/image/digest.ts';
import { type ApprovedPlan, readApprovedPlan } from '../../src/plan/plan-file.ts';
import type { Plan } from '../../src/plan/plan-schema.ts';
import { formatPlan } from '../../src/plan/plan-text.ts';
import { PROMOTE_INPUTS } from '../../src/promote/inputs.ts';
import { makeContext } from '../promote/fake-step.ts';

const PLAN: Plan = {
  version: 1,
  source: { reference: 'dev.test/app:1.0', digest: digestOf('image'), mediaType: 'm' },
  targets: [{ reference: 'prod.test/app:1.0', action: 'write' }],
  scan: { mode: 'enforce', severity: ['CRITICAL'], ignoreUnfixed: false },
  writes: { signature: true, record: true, referrers: 'copy' },
  policies: [],
};
const { text: TEXT, digest: DIGEST } = formatPlan(PLAN);
const EMPTY = /^plan-digest: is empty, and the plan alone would say/;

interface Read {
  readonly plan: ApprovedPlan | undefined;
  /** `input: message` */
  readonly problems: readonly string[];
}

/** Reads the plan of a file, by its digest unless another is given. */
async function read(text: string | undefined, inputs: Readonly<Record<string, string>> = {}): Promise<Read> {
  const places = { source: 'dev.test/app:1.0', target: 'prod.test/app:1.0' };
  const raw = { ...places, plan: 'plan.json', 'plan-digest': digestOf(text ?? ''), ...inputs };
  const fields = new FieldReader(raw, PROMOTE_INPUTS);
  const { files } = makeContext({ files: text === undefined ? {} : { 'plan.json': text } });
  const plan = await readApprovedPlan(fields, files);
  return { plan, problems: fields.problems.map(({ where, message }) => `${where.replace('input ', '')}: ${message}`) };
}

/** The plan with something changed in its text. */
function change(from: string | RegExp, to: string): string {
  const changed = TEXT.replace(from, to);
  expect(changed).not.toBe(TEXT);
  return changed;
}

describe('an approved plan', () => {
  it('is read with its text and digest', async () => {
    expect(await read(TEXT)).toEqual({ plan: { plan: PLAN, text: TEXT, digest: DIGEST }, problems: [] });
  });

  it('is not there unless it is given', async () => {
    expect(await read(undefined, { plan: '', 'plan-digest': '' })).toEqual({ plan: undefined, problems: [] });
  });

  it('may come without its digest where source and target are given beside it: then it can only limit', async () => {
    expect(await read(TEXT, { 'plan-digest': '' })).toEqual({
      plan: { plan: PLAN, text: TEXT, digest: DIGEST },
      problems: [],
    });
  });

  it('may be named by another digest of the same bytes; what goes into the record is sha256', async () => {
    const sha512 = `sha512:${createHash('sha512').update(TEXT).digest('hex')}`;
    expect(await read(TEXT, { 'plan-digest': sha512 })).toMatchObject({ plan: { digest: DIGEST }, problems: [] });
  });

  it('with a verdict edited is another file', async () => {
    const { plan, problems } = await read(change('"enforce"', '"off"'), { 'plan-digest': DIGEST });
    expect(plan).toBeUndefined();
    expect(problems).toEqual([
      expect.stringMatching(new RegExp(`^plan: names plan.json, which is sha256:.* and not the plan ${DIGEST}`)),
    ]);
  });

  it.each([
    ['is not there', undefined, {}, /^plan: names plan\.json, which does not exist/],
    ['comes without what was approved, and says what goes where', TEXT, { 'plan-digest': '', source: '' }, EMPTY],
    ['has a digest that is none', TEXT, { 'plan-digest': 'latest' }, /^plan-digest: is "latest", which is no digest/],
    [
      'has a digest of another algorithm',
      TEXT,
      { 'plan-digest': `md5:${'a'.repeat(32)}` },
      /^plan-digest: .* no digest/,
    ],
    ['has a digest in capitals', TEXT, { 'plan-digest': DIGEST.toUpperCase() }, /^plan-digest: .* no digest/],
    ['is only a digest', TEXT, { plan: '' }, /^plan-digest: is given without a plan/],
  ])('that %s is wrong use', async (_, text, inputs, message) => {
    expect((await read(text, inputs)).problems).toEqual([expect.stringMatching(message)]);
  });

  it('that cannot be read is wrong use', async () => {
    const fields = new FieldReader({ plan: 'p', 'plan-digest': DIGEST }, PROMOTE_INPUTS);
    const { files } = makeContext();
    const readText = async (): Promise<string> => {
      throw new DomainError('FILE_UNREADABLE', 'p is there and cannot be read: EISDIR');
    };
    expect(await readApprovedPlan(fields, { ...files, readText })).toBeUndefined();
    expect(fields.problems).toMatchObject([{ message: expect.stringContaining('EISDIR') }]);
  });
});

describe('a file that is no plan', () => {
  it.each([
    ['is empty', ''],
    ['is no JSON', 'version: 1'],
    ['has a byte order mark', `\uFEFF${TEXT}`],
    ['is a list', '[]'],
    ['is null', 'null'],
    ['is text after a plan', `${TEXT}{}`],
    ['has a key twice', change('"version": 1,', '"version": 1, "version": 1,')],
    ['has a key twice, once escaped', change('"version": 1,', '"version": 1, "v\\u0065rsion": 2,')],
    ['nests without end', `${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['is of another version', change('"version": 1', '"version": 2')],
    ['is of a version in quotes', change('"version": 1', '"version": "1"')],
    ['has a key that nobody knows', change('"version": 1,', '"version": 1, "approvedBy": "me",')],
    ['has a key that nobody knows further down', change('"mode"', '"force": true, "mode"')],
    ['has a prototype', change('"version": 1,', '"version": 1, "__proto__": {"environment": "x"},')],
    ['lacks what it would limit', change(/"policies": \[\]/, '"files": []')],
    ['does what there is not', change('"write"', '"overwrite"')],
    ['names a digest of another algorithm', change(/sha256:[a-f0-9]{64}/, `md5:${'a'.repeat(32)}`)],
    ['names a digest in capitals', change(/sha256:[a-f0-9]{64}/, `sha256:${'A'.repeat(64)}`)],
    ['names a short digest', change(/sha256:[a-f0-9]{64}/, 'sha256:abc')],
  ])('since it %s is wrong use', async (_, text) => {
    const { plan, problems } = await read(text);
    expect(plan).toBeUndefined();
    expect(problems).toEqual([expect.stringMatching(/^plan: names plan\.json, which is no plan: \S.{4,300}\.$/s)]);
  });

  it('since it is huge is wrong use, and is not parsed', async () => {
    const { problems } = await read(`{"version": ${'1'.repeat(5_000_000)}}`);
    expect(problems).toEqual([expect.stringContaining('longer than')]);
  });
});
