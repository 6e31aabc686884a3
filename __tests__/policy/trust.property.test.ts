import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRepository } from '../../src/image/reference.ts';
import { findEnd, parseInstant } from '../../src/policy/date.ts';
import type { EffectivePolicy } from '../../src/policy/effective.ts';
import type { NamedPolicy } from '../../src/policy/environment.ts';
import { findPatternFlaw } from '../../src/policy/identity-pattern.ts';
import { mergePolicies } from '../../src/policy/merge.ts';
import { policySchema } from '../../src/policy/schema.ts';
import { judgeTargetTag } from '../../src/policy/tag-state.ts';
import { type PolicyInputs, tighten } from '../../src/policy/tighten.ts';
import { selectTrust } from '../../src/policy/trust.ts';
import { hold, holdLong, mutate } from '../property-runs.ts';
import { tagReference } from './sample-policy.ts';
import { DIGEST } from './sample-statements.ts';

const VULN = 'https://cosign.sigstore.dev/attestation/vuln/v1';
const KEYS = new Map(['a.pub', 'b.pub'].map((path) => [path, path]));
const REPOSITORY = parseRepository('dev.io/shop/web');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const tags = fc.uniqueArray(fc.constantFrom<string[]>('prod', 'qa', 'stable', 'latest', '1.0'), { maxLength: 3 });
const days = fc.constantFrom('2026-01-01', '2026-06-15', '2026-06-15T12:00:00Z', '2026-12-31');
const files = fc.constantFrom('x.json', 'x.json', 'x.json', 'y.json');
const formats = fc.constantFrom('bundle', 'legacy', 'both');
const roles = fc.constantFrom('source', 'scan', 'promotion');

const keySigners = fc.record({
  key: fc.constantFrom('a.pub', 'b.pub', 'awskms://k'),
  transparencyLog: maybe(fc.boolean()),
});
const keylessSigners = fc.record({ identity: fc.constantFrom('i', 'j'), issuer: fc.constant('k') });
const signers = fc
  .tuple(fc.oneof(keySigners, keylessSigners), roles, maybe(days), maybe(days))
  .map(([who, role, notBefore, notAfter]) => ({ ...who, role, notBefore, notAfter }));
const required = fc.record({
  type: fc.constant(VULN),
  role: fc.constantFrom('source', 'source', 'scan'),
  maxAge: maybe(fc.constantFrom('1d', '7d')),
});

/** Policies that speak of targets, of the gate and of signatures: one that is silent about a section has no say in it. */
const policies = fc
  .record({
    targets: fc.record({ channels: maybe(tags), forbidTags: maybe(tags) }),
    signature: fc.record({
      format: maybe(formats),
      transparencyLog: maybe(fc.boolean()),
      signingConfig: maybe(files),
      trustedRoot: maybe(files),
    }),
    scan: fc.record({
      mode: fc.constantFrom('enforce', 'report', 'off'),
      from: maybe(fc.constantFrom('image', 'sbom')),
    }),
    signers: maybe(fc.array(signers, { maxLength: 3 })),
    attestations: maybe(fc.record({ require: fc.array(required, { maxLength: 2 }) })),
  })
  .map((sections) => JSON.parse(JSON.stringify({ version: 1, ...sections })) as unknown)
  .map((text) => policySchema.safeParse(text))
  .filter((result) => result.success)
  .map((result) => result.data as NamedPolicy['policy']);

const inputs: fc.Arbitrary<PolicyInputs> = fc
  .record({
    sign: fc.constantFrom(true, true, false),
    attest: fc.constantFrom(true, true, false),
    hasIgnoreFiles: fc.constant(false),
    signatureFormat: maybe(formats),
    signingConfig: maybe(files),
    trustedRoot: maybe(files),
    hasSourceAnchor: maybe(fc.boolean()),
    scan: maybe(fc.constantFrom('enforce', 'enforce', 'report', 'off')),
  })
  .map((record) => JSON.parse(JSON.stringify(record)) as PolicyInputs);

function merge(list: readonly NamedPolicy['policy'][]): { policy: EffectivePolicy; isFit: boolean } {
  const { policy, problems } = mergePolicies(
    list.map((policy, i) => ({ name: `${i}.yml`, policy })),
    undefined,
  );
  return { policy, isFit: problems.length === 0 };
}

const formsOf = (format: string): readonly string[] => (format === 'both' ? ['bundle', 'legacy'] : [format]);

/** Every way in which `after` asks for less than `before`. */
function findLooser(before: EffectivePolicy, after: EffectivePolicy): string[] {
  const usesRoot = before.signers.some((list) => list.signers.some((s) => s.key === undefined || s.transparencyLog));
  const has = <T>(list: readonly T[], entry: T): boolean =>
    list.some((one) => JSON.stringify(one) === JSON.stringify(entry));
  return Object.entries({
    signers: before.signers.every((list) => has(after.signers, list)),
    attestations: before.attestations.every((one) => has(after.attestations, one)),
    format: formsOf(before.signature.format).every((form) => formsOf(after.signature.format).includes(form)),
    log: after.signature.transparencyLog || !before.signature.transparencyLog,
    root: !usesRoot || before.signature.trustedRoot === after.signature.trustedRoot,
    channels: after.targets.channels.every((tag) => before.targets.channels.includes(tag)),
    forbidTags: before.targets.forbidTags.every((tag) => after.targets.forbidTags.includes(tag)),
    from: before.scan.from === 'sbom' || after.scan.from === 'image',
  }).flatMap(([name, isKept]) => (isKept ? [] : [name]));
}

describe('trust', () => {
  it('is never loosened by another policy beside the first', () => {
    let tried = 0;
    hold(fc.tuple(fc.array(policies, { minLength: 1, maxLength: 2 }), policies), ([before, added]) => {
      const alone = merge(before);
      const together = merge([...before, added]);
      // A set that cannot be used promotes nothing at all.
      if (!alone.isFit || !together.isFit) return;
      tried++;
      expect(findLooser(alone.policy, together.policy)).toEqual([]);
    });
    // Else the property would hold of nothing.
    expect(tried).toBeGreaterThan(5);
  });

  it('is never loosened by an input', () => {
    let tried = 0;
    hold(fc.tuple(fc.array(policies, { minLength: 1, maxLength: 2 }), inputs), ([list, given]) => {
      const { policy } = merge(list);
      const tightened = tighten(policy, given);
      if (tightened.problems.length > 0) return;
      tried++;
      // A form that no policy states is for the input to choose.
      const isStated = policy.stated['signature.format'] !== undefined;
      const looser = findLooser(policy, tightened.policy).filter((name) => isStated || name !== 'format');
      expect(looser).toEqual([]);
      const isDemanded = policy.signers.some((one) => one.signers.some(({ role }) => role === 'promotion'));
      if (isDemanded) expect([given.sign, given.attest]).toEqual([true, true]);
    });
    // Else the property would hold of nothing.
    expect(tried).toBeGreaterThan(5);
  });

  it('never counts a signer before or after its dates', () => {
    const times = fc.date({ min: new Date('2025-12-01'), max: new Date('2027-02-01'), noInvalidDate: false });
    hold(fc.tuple(policies, times, roles), ([stated, now, role]) => {
      const { policy } = merge([stated]);
      const expected = (policy.signers[0]?.signers ?? [])
        .filter((signer) => signer.role === role)
        .filter(({ notBefore }) => notBefore === undefined || now.getTime() >= (parseInstant(notBefore) ?? Infinity))
        .filter(({ notAfter }) => notAfter === undefined || now.getTime() < (findEnd(notAfter) ?? 0));
      const lists = selectTrust(policy, role, REPOSITORY, now, KEYS);
      expect(lists.flatMap(({ anchors }) => anchors)).toHaveLength(expected.length);
    });
  });
});

describe('a tag', () => {
  it('moves only when it is a channel and is asked to', () => {
    const modes = fc.constantFrom('refuse', 'accept-same-digest', 'move');
    const names = fc.constantFrom<string[]>('prod', 'qa', 'Prod', '1.0', 'stable');
    const other = DIGEST.replaceAll('a', 'b') as typeof DIGEST;
    hold(
      fc.tuple(names, tags, modes, fc.constantFrom(undefined, DIGEST, other)),
      ([tag, channels, existingTag, found]) => {
        const target = tagReference(`prod.io/app:${tag}`);
        const { kind } = judgeTargetTag({ target, found, wanted: DIGEST, existingTag, channels });
        expect(kind === 'move').toBe(found === other && existingTag === 'move' && channels.includes(tag));
        expect(kind === 'write').toBe(found === undefined);
      },
    );
  });
});

describe('any pattern for identities', () => {
  it('is judged, and one that passes keeps its meaning inside the anchors', () => {
    hold(mutate(fc.constantFrom('https://github\\.com/org/.+', '(a|b)@[^/]+', '[(?=)]x')), (text) => {
      if (findPatternFlaw(text) !== undefined) return;
      expect(() => new RegExp(`^(?:${text})$`, 'u')).not.toThrow();
      expect(text).not.toMatch(/^\(\?[=!]/);
    });
  });

  it('is judged quickly, however long', () => {
    holdLong(['(', '[', '(?:', '\\', 'a{1,'], (text) => {
      expect(findPatternFlaw(text)).toBeDefined();
    });
  });
});
