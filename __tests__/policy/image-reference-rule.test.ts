import { describe, expect, it } from '@jest/globals';
import { type JudgedUse, judgeReference } from '../../src/policy/image-reference-rule.ts';
import { effectiveOf } from './sample-policy.ts';
import { BANK_POLICY, D, WORKLOAD_CASES } from './workload-cases.ts';

const PRODUCTION = effectiveOf([BANK_POLICY], 'production');
const TEST = effectiveOf([BANK_POLICY], 'test');
const DEFAULTS = effectiveOf([]);

const use = (text: string, more: Partial<JudgedUse> = {}): JudgedUse => ({ text, kind: 'reference', ...more });
const rulesOf = (given: JudgedUse, policy = PRODUCTION): string[] =>
  judgeReference(given, policy).verdicts.map(({ rule }) => rule);

describe('an image of a workload file, in production', () => {
  it.each(WORKLOAD_CASES)('%s', (reference, ...rules) => {
    expect(rulesOf(use(reference)).toSorted()).toEqual(rules.toSorted());
  });

  it.each(WORKLOAD_CASES)('in a variable of which it is the default: %s', (reference, ...rules) => {
    const unresolved = use(`\${IMAGE:-${reference}}`, { kind: 'unresolved', fallback: reference });
    expect(rulesOf(unresolved).toSorted()).toEqual(['unresolved-variable', ...rules].toSorted());
  });

  it.each([`\${IMAGE}`, `registry.bank.internal/x:\${TAG}`, '{{ .Values.image }}'])(
    'cannot be told from %s',
    (text) => {
      expect(rulesOf(use(text, { kind: 'unresolved' }))).toEqual(['unresolved-variable']);
    },
  );

  it.each(['', 'null', '1.10'])('is no image: %j', (text) => {
    expect(rulesOf(use(text, { kind: 'not-text' }))).toEqual(['invalid-reference']);
  });

  it('needs a digest also where it is built on the spot', () => {
    expect(rulesOf(use('', { kind: 'build-only' }))).toEqual(['no-digest']);
  });

  it('is none where a stage of the same Dockerfile is meant', () => {
    expect(judgeReference(use('build', { isLocal: true }), PRODUCTION)).toEqual({ verdicts: [], written: undefined });
  });
});

describe('an image of a workload file, outside of production', () => {
  it.each(WORKLOAD_CASES)('needs no digest, and all else: %s', (reference, ...rules) => {
    const wanted = rules.filter((rule) => rule !== 'no-digest');
    expect(rulesOf(use(reference), TEST).toSorted()).toEqual(wanted.toSorted());
  });

  it('may be built on the spot', () => {
    expect(rulesOf(use('', { kind: 'build-only' }), TEST)).toEqual([]);
  });
});

describe('an image of a workload file, without a policy', () => {
  it('may come from anywhere that is named, pinned and with a full version', () => {
    expect(rulesOf(use(`docker.io/library/nginx:1.25.3${D}`), DEFAULTS)).toEqual([]);
    expect(rulesOf(use('nginx'), DEFAULTS).toSorted()).toEqual(['implicit-registry', 'no-digest', 'no-tag']);
  });
});

describe('what is told', () => {
  it('names the policy that demands it, and what to write instead', () => {
    const { verdicts } = judgeReference(use('nginx:latest'), PRODUCTION);
    const told = Object.fromEntries(verdicts.map(({ rule, message, hint }) => [rule, `${message} ${hint}`]));
    expect(told['no-digest']).toMatch(/images\.requireDigest of a\.yml.*tag@sha256/);
    expect(told['registry-not-allowed']).toMatch(/what a\.yml allows: registry\.bank\.internal\/\*.*images\.allow/);
    expect(told['implicit-registry']).toContain('docker.io/library/nginx');
    expect(told['floating-tag']).toContain('latest moves from one image to the next');
  });

  it('holds an image against the list of every policy', () => {
    const both = effectiveOf(['images: { allow: [a.io/*] }', 'images: { allow: [a.io/team/*] }']);
    expect(rulesOf(use(`a.io/other/x:1.0.0${D}`), both)).toEqual(['registry-not-allowed']);
    expect(rulesOf(use(`b.io/x:1.0.0${D}`), both)).toEqual(['registry-not-allowed', 'registry-not-allowed']);
    expect(rulesOf(use(`a.io/team/x:1.0.0${D}`), both)).toEqual([]);
  });

  it('shows nothing invisible of what a file has', () => {
    const [verdict] = judgeReference(use('a.io/x\u202e:1.0.0\u0007'), DEFAULTS).verdicts;
    expect(verdict?.rule).toBe('invalid-reference');
    expect(verdict?.message).not.toMatch(/\p{Cc}|\p{Cf}/u);
  });
});

describe('what an image is asked for by', () => {
  it('is its name with the registry that is meant', () => {
    const { written } = judgeReference(use(`nginx:1.25.3${D}`), DEFAULTS);
    expect(written).toMatchObject({ repository: 'docker.io/library/nginx', isImplicit: true });
    expect(written?.reference).toMatchObject({ kind: 'digest', tag: '1.25.3' });
  });

  it('is nothing where the text is no name', () => {
    expect(judgeReference(use('a.io/X:1'), DEFAULTS).written).toBeUndefined();
  });
});
