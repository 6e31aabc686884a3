import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { digestOf } from '../../src/image/digest.ts';
import { type Plan, planSchema } from '../../src/plan/plan-schema.ts';
import type { Outcome } from '../../src/promote/outcome.ts';
import { promote } from '../../src/promote/promote.ts';
import { type FakePorts, openPorts } from './fake-ports.ts';
import { makeRequest } from './fake-step.ts';

const IMAGE = buildImage({ layers: [{ randomBytes: 1000 }] });
const OTHER = buildImage({ labels: { name: 'another' } });
const THIRD = buildImage({ labels: { name: 'a third' } });
const POLICY = 'version: 1\ntargets: { channels: [prod] }\n';

let source: LabRegistry;
let target: LabRegistry;
let ports: FakePorts;

beforeEach(async () => {
  [source, target, ports] = await Promise.all([startRegistry(), startRegistry(), openPorts()]);
  await pushImage(source.host, 'dev/app', '1.0', IMAGE);
  await pushImage(target.host, 'prod/app', 'prod', OTHER);
});
afterEach(() => Promise.all([ports.close(), source.close(), target.close()]));

/** Runs a step in a workspace with the policy and, when there is one, a plan file. */
async function run(inputs: Readonly<Record<string, string>>, plan?: string, policy = POLICY): Promise<Outcome> {
  const files = { '.github/promote-image.yml': policy, ...(plan === undefined ? {} : { 'plan.json': plan }) };
  return promote(await makeRequest(inputs, { files }), ports);
}

const places = () => ({
  source: `${source.host}/dev/app:1.0`,
  target: `${target.host}/prod/app:1.0\n${target.host}/prod/app:prod`,
});

interface Approved {
  readonly text: string;
  readonly digest: string;
}

/** What the job that plans hands on: a file, and its digest. */
async function makePlan(inputs: Readonly<Record<string, string>> = {}): Promise<Approved> {
  const outcome = await run({ ...places(), 'dry-run': 'true', 'existing-tag': 'move', ...inputs });
  expect(outcome.result).toBe('planned');
  return { text: await readFile(outcome.plan?.path ?? '', 'utf8'), digest: outcome.plan?.digest ?? '' };
}

/** What the job does that comes after the approval. */
function carryOut({ text, digest }: Approved, inputs: Readonly<Record<string, string>> = {}, policy = POLICY) {
  return run({ plan: 'plan.json', 'plan-digest': digest, 'existing-tag': 'move', ...inputs }, text, policy);
}

const now = (tag: string): string | undefined => target.digestOf('prod/app', tag);
const writes = (): unknown[] => target.log.entries.filter(({ method }) => !['GET', 'HEAD'].includes(method));

describe('a plan', () => {
  it('says for who approves it what is done, and how every gate ended', async () => {
    const { text, digest } = await makePlan();
    const plan = planSchema.parse(JSON.parse(text));
    expect(digestOf(text)).toBe(digest);
    expect(plan.targets).toEqual([
      { reference: `${target.host}/prod/app:1.0`, action: 'write' },
      { reference: `${target.host}/prod/app:prod`, found: OTHER.root.digest, action: 'move' },
    ]);
    expect(plan.gates?.map(({ name, verdict }) => `${name}: ${verdict}`)).toEqual([
      ...['Allowed registries: passed', 'Allowed tags: passed', 'Target tag: passed', 'Vulnerability scan: off'],
    ]);
  });

  it('comes out of a run that is refused, too, with what refuses', async () => {
    const outcome = await run({ ...places(), 'dry-run': 'true' });
    expect(outcome.result).toBe('refused');
    const plan: Plan = JSON.parse(await readFile(outcome.plan?.path ?? '', 'utf8'));
    expect(plan.gates).toContainEqual(expect.objectContaining({ name: 'Target tag', verdict: 'refused' }));
  });
});

describe('a plan that was approved', () => {
  it('is carried out: source and targets are its own, the channel moves, and the digest is the approved one', async () => {
    const approved = await makePlan();
    const outcome = await carryOut(approved);
    expect(outcome).toMatchObject({
      result: 'promoted',
      targets: [{ result: 'promoted' }, { result: 'promoted' }],
      plan: { digest: approved.digest },
    });
    expect(outcome.gates).toContainEqual(expect.objectContaining({ name: 'Approved plan', verdict: 'passed' }));
    expect(await readFile(outcome.plan?.path ?? '', 'utf8')).toBe(approved.text);
    expect([now('1.0'), now('prod')]).toEqual([IMAGE.root.digest, IMAGE.root.digest]);
  });

  it('can be carried out again: everything is there', async () => {
    const approved = await makePlan();
    await carryOut(approved);
    expect(await carryOut(approved)).toMatchObject({ result: 'unchanged' });
  });

  it('may be tried once more without writing', async () => {
    const approved = await makePlan();
    target.log.clear();
    expect(await carryOut(approved, { 'dry-run': 'true' })).toMatchObject({ result: 'planned' });
    expect(writes()).toEqual([]);
  });

  it('does not let a channel move by itself: the input has to say so as well', async () => {
    const approved = await makePlan();
    const outcome = await carryOut(approved, { 'existing-tag': '' });
    expect(outcome.refusals).toMatchObject([
      { code: 'TAG_EXISTS', hint: expect.stringContaining('existing-tag: move') },
    ]);
  });

  it('from before a tag moved is PLAN_STALE, and nothing is written', async () => {
    const approved = await makePlan();
    await pushImage(target.host, 'prod/app', 'prod', THIRD);
    target.log.clear();
    const outcome = await carryOut(approved);
    expect(outcome.refusals).toMatchObject([
      {
        code: 'PLAN_STALE',
        message: expect.stringContaining(`prod is ${THIRD.root.digest}, and was ${OTHER.root.digest}`),
      },
    ]);
    expect(outcome.plan?.digest).toBe(approved.digest);
    expect(writes()).toEqual([]);
  });

  it('from before the source moved is PLAN_STALE: what was approved is a digest', async () => {
    const approved = await makePlan();
    await pushImage(source.host, 'dev/app', '1.0', THIRD);
    expect((await carryOut(approved)).refusals).toMatchObject([
      { code: 'PLAN_STALE', message: expect.stringContaining(`the source has the digest ${THIRD.root.digest}`) },
    ]);
  });

  it.each<[string, Readonly<Record<string, string>>, string, RegExp]>([
    ['another policy', {}, `${POLICY}# reviewed\n`, /the policy \.github\/promote-image\.yml is/],
    ['another mode of the scan', { scan: 'report' }, POLICY, /scan\.mode is report, and was off/],
    ['other writes', { referrers: 'ignore' }, POLICY, /writes\.referrers is ignore, and was copy/],
  ])('with %s is PLAN_STALE', async (_, inputs, policy, message) => {
    const approved = await makePlan();
    const { refusals } = await carryOut(approved, inputs, policy);
    expect(refusals).toMatchObject([{ code: 'PLAN_STALE', message: expect.stringMatching(message) }]);
    expect(now('1.0')).toBeUndefined();
  });

  it('whose verdicts were edited lets nothing pass: every gate is run again', async () => {
    const forbidden = `${target.host}/prod/app:latest`;
    const planned = await run({ ...places(), target: forbidden, 'dry-run': 'true' });
    expect(planned.refusals).toMatchObject([{ code: 'TAG_NOT_ALLOWED' }]);
    const plan: Plan = JSON.parse(await readFile(planned.plan?.path ?? '', 'utf8'));
    const gates = plan.gates?.map((gate) => ({ ...gate, verdict: 'passed', evidence: 'all is well' }));
    const edited = JSON.stringify({ ...plan, gates });
    const outcome = await carryOut({ text: edited, digest: digestOf(edited) });
    expect(outcome.refusals).toMatchObject([{ code: 'TAG_NOT_ALLOWED' }]);
    expect(outcome.gates).toContainEqual(expect.objectContaining({ name: 'Allowed tags', verdict: 'refused' }));
    expect(now('latest')).toBeUndefined();
  });
});
