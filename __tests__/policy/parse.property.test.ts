import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseIgnoreFile } from '../../src/policy/ignore-file.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { readYaml } from '../../src/policy/positioned-yaml.ts';
import { hold, holdLong, mutate } from '../property-runs.ts';

const POLICY = `version: 1
sources: { allow: [dev.registry.io/*] }
targets: { allow: [prod.registry.io/*], channels: [prod] }
scan:
  mode: enforce
  severity: [CRITICAL, HIGH]
  ignore: [{ id: CVE-2026-1, package: openssl, reason: not reachable, expires: 2027-01-31 }]
  maxDatabaseAge: 48h
environments: { production: { targets: [prod.registry.io/*] } }
`;
const IGNORED = `# accepted
CVE-2026-1234 exp:2027-01-31 # until then
GHSA-aaaa-bbbb-cccc
`;
const IGNORED_YAML = `vulnerabilities:
  - id: CVE-2026-1234
    purls: ["pkg:deb/debian/openssl@3.0"]
    statement: not reachable
    expired_at: 2027-01-31
`;
/** Shorter than elsewhere: the YAML parser makes an error, with its stack, of every second character. */
const MAX_YAML = 20_000;

describe('any policy', () => {
  it('is a policy, or has problems that say where', () => {
    hold(mutate(fc.constant(POLICY)), (text) => {
      const { policy, problems } = parsePolicy(text, 'p.yml');
      expect(policy === undefined).toBe(problems.length > 0);
      for (const { where, message } of problems) {
        expect(where).toMatch(/^p\.yml(:[1-9]\d*:[1-9]\d*)?$/);
        expect(message).not.toBe('');
      }
    });
  });

  it('is one only where every key in it is known', () => {
    hold(fc.tuple(fc.nat(20), fc.stringMatching(/^[a-z_]{1,9}$/)), ([at, key]) => {
      const lines = POLICY.split('\n');
      const line = 1 + (at % (lines.length - 2));
      const indent = /^ */.exec(lines[line] ?? '')?.[0] ?? '';
      const text = lines.toSpliced(line, 0, `${indent}x${key}: 1`).join('\n');
      expect(parsePolicy(text, 'p.yml').policy).toBeUndefined();
    });
  });

  it('never has more problems than one can read', () => {
    hold(
      fc.array(fc.stringMatching(/^[a-z]{1,4}$/), { minLength: 100, maxLength: 400 }),
      (keys) => {
        const text = keys.map((key, i) => `${key}${i}: 1`).join('\n');
        expect(parsePolicy(text, 'p.yml').problems.length).toBeLessThanOrEqual(101);
      },
      10,
    );
  });

  it('is read quickly, however long', () => {
    holdLong(['version: 1\n', 'version: 1\nscan:\n  vex: [', 'a: &a [1]\nb: '], (text) => {
      parsePolicy(text.slice(0, MAX_YAML), 'p.yml');
    });
  });
});

describe('any YAML document', () => {
  it('means what JSON means, where it is JSON', () => {
    const keys = fc.string({ minLength: 1 }).filter((key) => key !== '__proto__' && key !== '<<' && key.isWellFormed());
    const { value: values } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string().filter((text) => text.isWellFormed()),
        fc.integer(),
        fc.boolean(),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('value'), { maxLength: 4 }),
      map: fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
    }));
    hold(values, (value) => {
      const { value: read, problems } = readYaml(JSON.stringify(value), 'x');
      expect([problems, read]).toEqual([[], JSON.parse(JSON.stringify(value))]);
    });
  });

  it('does not touch what JavaScript means by a name', () => {
    hold(
      mutate(fc.constant('__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\n')),
      (text) => {
        readYaml(text, 'x');
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      },
    );
  });
});

describe('any ignore file', () => {
  it('lets nothing pass that does not stand in it, and is never half understood', () => {
    hold(mutate(fc.constant(IGNORED)), (text) => {
      const { exceptions, problems } = parseIgnoreFile(text, '.trivyignore');
      if (problems.length > 0) expect(exceptions).toEqual([]);
      for (const { id, expires, endsAt } of exceptions) {
        expect(text).toContain(id);
        expect(id).toMatch(/^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9._:]+)*$/);
        if (expires !== undefined) expect(endsAt).toBeGreaterThan(0);
      }
    });
  });

  it('tells of every line that is more than a comment', () => {
    hold(mutate(fc.constant('CVE-2026-1234 exp:2027-01-31')), (line) => {
      if (/[\n#]/.test(line) || line.replace('\ufeff', '').trim() === '') return;
      const { exceptions, problems } = parseIgnoreFile(line, '.trivyignore');
      expect(exceptions.length + problems.length).toBeGreaterThan(0);
    });
  });

  it('means the same as YAML', () => {
    hold(mutate(fc.constant(IGNORED_YAML)), (text) => {
      const { exceptions, problems } = parseIgnoreFile(text, 'x.yaml');
      if (problems.length > 0) expect(exceptions).toEqual([]);
      for (const { id } of exceptions) expect(text).toContain(id);
    });
  });

  it('is read quickly, however long', () => {
    holdLong(['CVE-1', 'CVE-1 exp:', '#', ' #', 'CVE-1\u2028'], (text) => {
      parseIgnoreFile(text, '.trivyignore');
      parseIgnoreFile(text.slice(0, MAX_YAML), 'x.yaml');
    });
  });
});
