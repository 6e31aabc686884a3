import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import type { Plan } from '../../src/plan/plan-schema.ts';
import { listPlanChanges } from '../../src/promote/plan-changes.ts';

const [WANTED, OLD, NEW] = [digestOf('wanted'), digestOf('old'), digestOf('new')];
const TARGET = 'prod.test/app:prod';
const BY_DEV = { kind: 'signature', type: 'sign/v1', signer: 'keys/dev.pub', digest: OLD } as const;
const PLAN: Plan = {
  version: 1,
  source: { reference: 'dev.test/app:1.0', digest: WANTED, mediaType: 'application/vnd.oci.image.index.v1+json' },
  environment: 'prod',
  targets: [{ reference: TARGET, found: OLD, action: 'move' }],
  scan: { mode: 'enforce', severity: ['CRITICAL'], ignoreUnfixed: false, from: 'image' },
  writes: { signature: true, record: true, referrers: 'copy', annotations: { a: '1', b: '2' }, vsa: true },
  policies: [{ name: 'policy.yml', digest: OLD }],
  files: [{ name: 'keys/dev.pub', digest: OLD }],
  evidence: [BY_DEV],
};

describe('an approved plan', () => {
  it('that is the same holds, in whichever order its keys and lists stand', () => {
    const { environment, ...rest } = PLAN;
    const writes = {
      vsa: true,
      annotations: { b: '2', a: '1' },
      referrers: 'copy',
      record: true,
      signature: true,
    } as const;
    expect(listPlanChanges({ environment: environment ?? '', ...rest, writes }, PLAN)).toEqual([]);
  });

  it('says nothing by its verdicts and counts', () => {
    const gates = [{ name: 'Vulnerability scan', verdict: 'refused', evidence: 'x' }] as const;
    expect(listPlanChanges({ ...PLAN, gates: [...gates], vulnerabilities: { CRITICAL: 9 } }, PLAN)).toEqual([]);
  });

  it('holds for a target that got the wanted digest since', () => {
    expect(listPlanChanges(PLAN, { ...PLAN, targets: [{ reference: TARGET, found: WANTED, action: 'keep' }] })).toEqual(
      [],
    );
  });

  it.each<[string, Partial<Plan>, readonly (string | RegExp)[]]>([
    [
      'the source means another digest',
      { source: { ...PLAN.source, digest: NEW } },
      [`the source has the digest ${NEW}, and was ${WANTED}`],
    ],
    [
      'the source has another name',
      { source: { ...PLAN.source, reference: 'dev.test/b:1' } },
      [/^the source is dev\.test\/b:1/],
    ],
    ['the environment is another', { environment: 'qa' }, ['the environment is qa, and was prod']],
    [
      'a tag points elsewhere',
      { targets: [{ reference: TARGET, found: NEW, action: 'move' }] },
      [`${TARGET} is ${NEW}, and was ${OLD}`],
    ],
    ['a tag is gone', { targets: [{ reference: TARGET, action: 'write' }] }, [`${TARGET} is free, and was ${OLD}`]],
    [
      'a target was added',
      { targets: [...PLAN.targets, { reference: 'x', action: 'write' }] },
      ['x is a target that the plan does not name'],
    ],
    ['a target was left out', { targets: [] }, [`${TARGET} is no target now`]],
    ['the gate is weaker', { scan: { ...PLAN.scan, mode: 'report' } }, ['scan.mode is report, and was enforce']],
    [
      'fewer severities refuse',
      { scan: { ...PLAN.scan, severity: [] } },
      ['scan.severity is [], and was ["CRITICAL"]'],
    ],
    ['something else is scanned', { scan: { ...PLAN.scan, from: 'sbom' } }, ['scan.from is sbom, and was image']],
    ['it is not signed', { writes: { ...PLAN.writes, signature: false } }, ['writes.signature is false, and was true']],
    [
      'something else is signed beside it',
      { writes: { ...PLAN.writes, annotations: { a: '2' } } },
      [/^writes\.annotations is \{"a":"2"\}/],
    ],
    [
      'a policy changed',
      { policies: [{ name: 'policy.yml', digest: NEW }] },
      [`the policy policy.yml is ${NEW}, and was ${OLD}`],
    ],
    ['a policy is missing', { policies: [] }, [`the policy policy.yml is not stated, and was ${OLD}`]],
    [
      'a key changed',
      { files: [{ name: 'keys/dev.pub', digest: NEW }] },
      [`the file keys/dev.pub is ${NEW}, and was ${OLD}`],
    ],
    [
      'a file was added',
      { files: [...(PLAN.files ?? []), { name: 'ignore', digest: NEW }] },
      [`the file ignore is ${NEW}, and was not stated`],
    ],
    [
      'a signature is gone',
      { evidence: [] },
      [`the signature of sign/v1 by keys/dev.pub (${OLD}) is no longer relied on`],
    ],
    ['it is another signature', { evidence: [{ ...BY_DEV, digest: NEW }] }, [/no longer relied on$/, /was not there$/]],
  ])('does not hold when %s', (_, now, changes) => {
    const found = listPlanChanges(PLAN, { ...PLAN, ...now });
    expect(found).toEqual(
      changes.map((change) => (typeof change === 'string' ? change : expect.stringMatching(change))),
    );
  });

  it('that did not say that a tag moves does not let it', () => {
    const approved: Plan = { ...PLAN, targets: [{ reference: TARGET, found: OLD, action: 'write' }] };
    expect(listPlanChanges(approved, PLAN)).toEqual([`${TARGET} would be moved, which the plan does not say`]);
  });

  it('of a release that did not say so much does not hold for what it does not say', () => {
    const { files, evidence, ...old } = PLAN;
    const { annotations, vsa, ...writes } = PLAN.writes;
    const { from, ...scan } = PLAN.scan;
    const changes = listPlanChanges({ ...old, writes, scan }, PLAN);
    expect(changes.map((change) => change.split(' ', 3).join(' '))).toEqual([
      ...['scan.from is image,', 'writes.annotations is {"a":"1","b":"2"},', 'writes.vsa is true,'],
      ...['the file keys/dev.pub', 'the signature of'],
    ]);
  });

  it('tells every change at once', () => {
    const now: Plan = { ...PLAN, environment: 'qa', policies: [], evidence: [] };
    expect(listPlanChanges(PLAN, now)).toHaveLength(3);
  });
});
