import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { OCI_MANIFEST } from '../../src/image/media-type.ts';
import { formatReference } from '../../src/image/reference.ts';
import { planSchema } from '../../src/plan/plan-schema.ts';
import { formatPlan } from '../../src/plan/plan-text.ts';
import type { Facts } from '../../src/promote/facts.ts';
import { concludePlan, type Decision, decide, pinSource } from '../../src/promote/plan.ts';
import type { PromoteRequest } from '../../src/promote/request.ts';
import type { ManifestContent } from '../../src/registry/manifest.ts';
import type { ScanSummary } from '../../src/steps/scan-summary.ts';
import { makeRequest, type Surroundings } from './fake-step.ts';

const DIGEST = digestOf('the image');
const OTHER = digestOf('another image');
const INPUTS = { source: 'dev.test/app:1.0', target: 'prod.test/app:1.0\nprod.test/app:1.0-eu' };
const POLICY = '.github/promote-image.yml';

/** What the registries said: for each target what its tag points at, nothing where it is free. */
function makeFacts(request: PromoteRequest, found: readonly (typeof DIGEST | undefined)[] = [], isOwn = false): Facts {
  const content: ManifestContent = {
    digest: DIGEST,
    mediaType: OCI_MANIFEST,
    bytes: new Uint8Array(),
    manifest: { kind: 'index', mediaType: OCI_MANIFEST, children: [], annotations: {} },
  };
  const targets = request.targets.map((target, i) => ({ target, digest: found[i], isOwnEarlierAttempt: isOwn }));
  return { source: content, targets };
}

interface Options extends Pick<Surroundings, 'files' | 'env'> {
  readonly policy?: string;
  readonly isOwn?: boolean;
}

async function decideFor(
  inputs: Readonly<Record<string, string>> = {},
  found: readonly (typeof DIGEST | undefined)[] = [],
  options: Options = {},
): Promise<Decision> {
  const policy = options.policy === undefined ? {} : { [POLICY]: `version: 1\n${options.policy}\n` };
  const surroundings = { files: { ...policy, ...options.files }, env: options.env ?? {} };
  const request = await makeRequest({ ...INPUTS, ...inputs }, surroundings);
  return decide(request, makeFacts(request, found, options.isOwn));
}

const codesOf = ({ refusals }: Decision): string[] => refusals.map(({ code }) => code);

describe('a plan', () => {
  it('says what will be done, in the form of its schema, and has the digest of its text', async () => {
    const decision = await decideFor({ sign: 'false', referrers: 'ignore' });
    expect(codesOf(decision)).toEqual([]);
    expect(planSchema.parse(JSON.parse(decision.text))).toEqual({
      version: 1,
      source: { reference: 'dev.test/app:1.0', digest: DIGEST, mediaType: OCI_MANIFEST },
      targets: [
        { reference: 'prod.test/app:1.0', action: 'write' },
        { reference: 'prod.test/app:1.0-eu', action: 'write' },
      ],
      scan: { mode: 'off', severity: ['CRITICAL'], ignoreUnfixed: false, from: 'image' },
      writes: { signature: false, record: false, referrers: 'ignore', vsa: false, scan: false },
      policies: [],
      files: [],
      evidence: [],
    });
    expect(decision.digest).toBe(digestOf(decision.text));
    expect(decision.gates.map(({ verdict }) => verdict)).toEqual(['passed', 'passed', 'passed']);
  });

  it('is the same text for the same facts, and another for others', async () => {
    const first = await decideFor();
    expect((await decideFor()).text).toBe(first.text);
    expect((await decideFor({ 'existing-tag': 'accept-same-digest' }, [DIGEST])).digest).not.toBe(first.digest);
  });

  it('says in which forms what is signed, with what, and whether that is published', async () => {
    const signed = { sign: 'true', attest: 'true', scan: 'report', 'cosign-key': 'env://KEY' };
    const inputs = { ...signed, 'signature-format': 'both', 'signature-annotations': 'team=shop' };
    const { plan } = await decideFor(inputs, [], { env: { KEY: 'k' } });
    expect(plan.writes).toEqual({
      ...{ signature: true, record: true, referrers: 'copy', vsa: true, scan: true, transparencyLog: true },
      formats: ['bundle', 'legacy'],
      annotations: { team: 'shop' },
    });
  });

  it('names what inputs and policies name besides policies, with digests', async () => {
    const { plan } = await decideFor({ trivyignores: 'ignore.txt' }, [], { files: { 'ignore.txt': 'CVE-2026-1' } });
    expect(plan.files).toEqual([{ name: 'ignore.txt', digest: digestOf('CVE-2026-1') }]);
  });

  it('names what is signed about the source and was relied on', async () => {
    const relied = { kind: 'signature', type: 't', signer: 'keys/dev.pub', digest: OTHER } as const;
    const request = await makeRequest(INPUTS);
    expect(decide(request, makeFacts(request), [relied]).plan.evidence).toEqual([relied]);
  });

  it('names the environment and every policy', async () => {
    const policy = 'environments: { prod: { targets: [prod.test/*] } }';
    const { plan } = await decideFor({ environment: 'prod' }, [], { policy });
    expect(plan).toMatchObject({ environment: 'prod', policies: [{ name: POLICY }] });
  });
});

describe('a target tag', () => {
  it('that exists is refused with what it is, each one by itself', async () => {
    const decision = await decideFor({}, [DIGEST, OTHER]);
    expect(decision.refusals).toMatchObject([
      { code: 'TAG_EXISTS', target: 'prod.test/app:1.0' },
      { code: 'TAG_EXISTS', target: 'prod.test/app:1.0-eu' },
    ]);
    expect(decision.gates.at(-1)).toMatchObject({ name: 'Target tag', verdict: 'refused' });
    expect(decision.plan.targets.map(({ found }) => found)).toEqual([DIGEST, OTHER]);
  });

  it('that has this digest is kept where that is accepted', async () => {
    const decision = await decideFor({ 'existing-tag': 'accept-same-digest' }, [DIGEST]);
    expect(codesOf(decision)).toEqual([]);
    expect(decision.plan.targets.map(({ action }) => action)).toEqual(['keep', 'write']);
    expect(decision.gates.at(-1)?.evidence).toBe(
      'prod.test/app:1.0 has this digest already; prod.test/app:1.0-eu is free',
    );
  });

  it('that has another digest is refused whatever is accepted', async () => {
    expect(codesOf(await decideFor({ 'existing-tag': 'accept-same-digest' }, [OTHER]))).toEqual(['TAG_EXISTS']);
  });

  it('that an earlier attempt of this run wrote is kept without being accepted', async () => {
    const decision = await decideFor({}, [DIGEST, DIGEST], { isOwn: true });
    expect(codesOf(decision)).toEqual([]);
    expect(decision.plan.targets.map(({ action }) => action)).toEqual(['keep', 'keep']);
  });

  it('that moved since an earlier attempt wrote it is refused all the same', async () => {
    expect(codesOf(await decideFor({}, [OTHER], { isOwn: true }))).toEqual(['TAG_EXISTS']);
  });
});

describe('a channel', () => {
  const policy = 'targets: { channels: ["1.0"] }';

  it('moves where the input says so, away from what was found', async () => {
    const { plan, gates, refusals } = await decideFor({ 'existing-tag': 'move' }, [OTHER], { policy });
    expect(refusals).toEqual([]);
    expect(plan.targets).toEqual([
      { reference: 'prod.test/app:1.0', found: OTHER, action: 'move' },
      { reference: 'prod.test/app:1.0-eu', action: 'write' },
    ]);
    const evidence = `prod.test/app:1.0 moves from ${OTHER}; prod.test/app:1.0-eu is free`;
    expect(gates).toContainEqual({ name: 'Target tag', verdict: 'passed', evidence });
  });

  it('that has the digest already is kept', async () => {
    const { plan } = await decideFor({ 'existing-tag': 'move' }, [DIGEST], { policy });
    expect(plan.targets[0]).toMatchObject({ found: DIGEST, action: 'keep' });
  });

  it.each([
    ['that the input does not move', { 'existing-tag': 'accept-same-digest' }, [OTHER]],
    ['is the only tag that moves', { 'existing-tag': 'move' }, [undefined, OTHER]],
  ])('%s: any other that exists is refused', async (_, inputs, found) => {
    const decision = await decideFor(inputs, found, { policy });
    expect(codesOf(decision)).toEqual(['TAG_EXISTS']);
    expect(decision.plan.targets.map(({ action }) => action)).not.toContain('move');
  });
});

describe('what is approved', () => {
  it('is this very text, with how the gates ended and what the scan found', async () => {
    const request = await makeRequest(INPUTS);
    const decision = decide(request, makeFacts(request));
    const gates = [{ name: 'Vulnerability scan', verdict: 'reported', evidence: 'one' }] as const;
    const scan = { counts: { CRITICAL: 1, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 } } as unknown as ScanSummary;
    const concluded = concludePlan(request, decision, { gates: [...gates], scan });
    expect(planSchema.parse(JSON.parse(concluded.text))).toEqual({
      ...decision.plan,
      gates,
      vulnerabilities: { CRITICAL: 1, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 },
    });
    expect(concluded.digest).toBe(digestOf(concluded.text));
  });

  it('stays what it was when it is carried out, whatever was found now', async () => {
    const request = await makeRequest(INPUTS);
    const decision = decide(request, makeFacts(request));
    const plan = formatPlan({ ...decision.plan, environment: 'another' });
    expect(concludePlan({ ...request, plan }, decision, { gates: [], scan: undefined })).toBe(plan);
  });

  it('and still holds passes its gate, which names it', async () => {
    const request = await makeRequest(INPUTS);
    const plan = formatPlan(decide(request, makeFacts(request)).plan);
    const decision = decide({ ...request, plan }, makeFacts(request));
    expect(decision.refusals).toEqual([]);
    const evidence = `what is done is what ${plan.digest} says`;
    expect(decision.gates.at(-1)).toEqual({ name: 'Approved plan', verdict: 'passed', evidence });
  });

  it('and no longer holds is PLAN_STALE with every change, beside what else refuses', async () => {
    const request = await makeRequest(INPUTS);
    const { plan } = decide(request, makeFacts(request));
    const approved = formatPlan({ ...plan, environment: 'qa', source: { ...plan.source, digest: OTHER } });
    const decision = decide({ ...request, plan: approved }, makeFacts(request, [OTHER]));
    expect(codesOf(decision)).toEqual(['TAG_EXISTS', 'PLAN_STALE']);
    const message = decision.refusals.at(-1)?.message ?? '';
    for (const part of [approved.digest, 'environment', `${DIGEST}, and was ${OTHER}`, `1.0 is ${OTHER}, and was free`])
      expect(message).toContain(part);
    expect(decision.gates.at(-1)).toMatchObject({ name: 'Approved plan', verdict: 'refused' });
  });
});

describe('the rules that need no bytes', () => {
  it('refuse all at once', async () => {
    const decision = await decideFor({ target: 'prod.test/app:latest' }, [OTHER], {
      policy: 'sources: { allow: [other.test/*] }\ntargets: { allow: [else.test/*] }',
    });
    expect(codesOf(decision)).toEqual([
      'REGISTRY_NOT_ALLOWED',
      'REGISTRY_NOT_ALLOWED',
      'TAG_NOT_ALLOWED',
      'TAG_EXISTS',
    ]);
    expect(decision.gates.map(({ verdict }) => verdict)).toEqual(['refused', 'refused', 'refused']);
  });

  it('refuse a target of another environment', async () => {
    const policy = 'environments: { prod: { targets: [prod.test/*] }, qa: { targets: [qa.test/*] } }';
    expect(codesOf(await decideFor({ environment: 'qa' }, [], { policy }))).toEqual([
      'ENVIRONMENT_MISMATCH',
      'ENVIRONMENT_MISMATCH',
    ]);
    expect(codesOf(await decideFor({}, [], { policy }))).toEqual(['ENVIRONMENT_MISMATCH', 'ENVIRONMENT_MISMATCH']);
  });

  it('say what they rest on when they pass', async () => {
    const open = await decideFor();
    expect(open.gates[0]?.evidence).toBe('no policy limits where images may come from or go to');
    const limited = await decideFor({}, [], { policy: 'sources: { allow: [dev.test/*] }' });
    expect(limited.gates[0]?.evidence).toContain('on the allow-lists');
    expect(limited.gates[1]?.evidence).toContain('latest');
  });
});

describe('pinSource', () => {
  it('keeps the name that was asked for, and adds what it meant', async () => {
    const request = await makeRequest(INPUTS);
    expect(formatReference(pinSource(request, makeFacts(request)))).toBe(`dev.test/app:1.0@${DIGEST}`);
  });
});
