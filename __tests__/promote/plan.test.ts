import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { OCI_MANIFEST } from '../../src/image/media-type.ts';
import { formatReference } from '../../src/image/reference.ts';
import type { Facts } from '../../src/promote/facts.ts';
import { type Decision, decide, pinSource, planSchema, toGate } from '../../src/promote/plan.ts';
import type { PromoteRequest } from '../../src/promote/request.ts';
import type { ManifestContent } from '../../src/registry/manifest.ts';
import { makeRequest } from './fake-step.ts';

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

async function decideFor(
  inputs: Readonly<Record<string, string>> = {},
  found: readonly (typeof DIGEST | undefined)[] = [],
  options: { readonly policy?: string; readonly isOwn?: boolean } = {},
): Promise<Decision> {
  const files = options.policy === undefined ? {} : { [POLICY]: `version: 1\n${options.policy}\n` };
  const request = await makeRequest({ ...INPUTS, ...inputs }, { files });
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
      scan: { mode: 'off', severity: ['CRITICAL'], ignoreUnfixed: false },
      writes: { signature: false, record: false, referrers: 'ignore' },
      policies: [],
    });
    expect(decision.digest).toBe(digestOf(decision.text));
    expect(decision.gates.map(({ verdict }) => verdict)).toEqual(['passed', 'passed', 'passed']);
  });

  it('is the same text for the same facts, and another for others', async () => {
    const first = await decideFor();
    expect((await decideFor()).text).toBe(first.text);
    expect((await decideFor({ 'existing-tag': 'accept-same-digest' }, [DIGEST])).digest).not.toBe(first.digest);
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

describe('toGate', () => {
  it('passes without refusals and tells all of them otherwise', () => {
    const refusals = [
      { code: 'TAG_EXISTS', message: 'One.' },
      { code: 'TAG_EXISTS', message: 'Two.' },
    ] as const;
    expect(toGate('Tag', [], 'free')).toEqual({ name: 'Tag', verdict: 'passed', evidence: 'free' });
    expect(toGate('Tag', refusals, 'free')).toEqual({ name: 'Tag', verdict: 'refused', evidence: 'One. Two.' });
  });
});

describe('pinSource', () => {
  it('keeps the name that was asked for, and adds what it meant', async () => {
    const request = await makeRequest(INPUTS);
    expect(formatReference(pinSource(request, makeFacts(request)))).toBe(`dev.test/app:1.0@${DIGEST}`);
  });
});
