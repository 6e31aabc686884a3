import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { namesSystem, readReport } from '../../src/scanner/report.ts';

const IMAGE = { platform: 'linux/amd64', digest: digestOf('image') };
const VULNERABILITY = { VulnerabilityID: 'CVE-1', PkgName: 'lib', InstalledVersion: '1', Severity: 'CRITICAL' };
const PACKAGES = [{ Name: 'lib' }];
const DEBIAN = { OS: { Family: 'debian', Name: '12.5' } };
const report = (results: readonly object[] | null, metadata: object = DEBIAN) => ({
  SchemaVersion: 2,
  Metadata: metadata,
  Results: results,
});
const os = (more: object = {}) => ({ Target: 'debian 12.5', Class: 'os-pkgs', Packages: PACKAGES, ...more });
const lang = (more: object = {}) => ({ Target: 'app/app.jar', Class: 'lang-pkgs', Packages: PACKAGES, ...more });
const read = (json: unknown, warnings: readonly string[] = []) => readReport(json, warnings, IMAGE);

describe('a report', () => {
  it('is complete when the packages of the system were judged', () => {
    expect(read(report([os()]))).toEqual({ ...IMAGE, complete: true, findings: [] });
  });

  it('is complete for an application without a system', () => {
    expect(read(report([lang()], {}))).toEqual({ ...IMAGE, complete: true, findings: [] });
  });

  it('tells every finding, of the system and of applications', () => {
    const more = {
      ...{ FixedVersion: '2', Title: 'bad', Severity: 'LOW' },
      PkgIdentifier: { PURL: 'pkg:maven/org.example/lib@1' },
    };
    const results = [
      os({ Vulnerabilities: [VULNERABILITY] }),
      lang({ Vulnerabilities: [{ ...VULNERABILITY, ...more }] }),
    ];
    expect(read(report(results)).findings).toEqual([
      { id: 'CVE-1', package: 'lib', installedVersion: '1', severity: 'CRITICAL', target: 'debian 12.5' },
      {
        ...{ id: 'CVE-1', package: 'lib', installedVersion: '1', severity: 'LOW', target: 'app/app.jar' },
        ...{ fixedVersion: '2', title: 'bad', purl: 'pkg:maven/org.example/lib@1' },
      },
    ]);
  });

  it('tells what a VEX document suppressed, as suppressed', () => {
    const modified = { Status: 'not_affected', Statement: 'vulnerable_code_not_present', Finding: VULNERABILITY };
    const results = [os({ ExperimentalModifiedFindings: [modified, { ...modified, Statement: undefined }] })];
    expect(read(report(results)).findings.map(({ suppressedBy }) => suppressedBy)).toEqual([
      'vulnerable_code_not_present',
      'not_affected',
    ]);
  });

  it('drops no finding for a severity it does not know', () => {
    const results = [
      os({
        Vulnerabilities: [
          { ...VULNERABILITY, Severity: 'APOCALYPTIC' },
          { ...VULNERABILITY, Severity: undefined },
        ],
      }),
    ];
    expect(read(report(results)).findings.map(({ severity }) => severity)).toEqual(['UNKNOWN', 'UNKNOWN']);
  });

  it('says when the system is past its end of life', () => {
    const metadata = { OS: { Family: 'debian', Name: '8.11', EOSL: true } };
    expect(read(report([os()], metadata))).toMatchObject({ complete: true, endOfLife: 'debian 8.11' });
  });
});

describe('the silence of a scanner', () => {
  it.each<[string, object]>([
    ['no results at all', { SchemaVersion: 2 }],
    ['results that are null', report(null, {})],
    ['results without packages', report([{ Target: 'x', Class: 'lang-pkgs' }], {})],
  ])('is no pass: %s', (_, json) => {
    expect(read(json)).toMatchObject({ complete: false, reason: 'no operating system and no package was recognised' });
  });

  it('is no pass for a system whose package database was removed', () => {
    expect(read(report([os({ Packages: [] })]))).toMatchObject({
      complete: false,
      reason: expect.stringContaining('debian 12.5'),
    });
    expect(read(report([os({ Packages: null }), lang()]))).toMatchObject({ complete: false });
    expect(read(report([lang()]))).toMatchObject({ complete: false, reason: expect.stringContaining('not judged') });
  });

  it('is no pass for the packages of a system that was not recognised', () => {
    const none = { OS: { Family: 'none', Name: '' } };
    expect(read(report([lang()], none))).toMatchObject({
      complete: false,
      reason: expect.stringContaining('does not recognise'),
    });
  });

  it('is no pass when it was broken by a warning', () => {
    expect(read(report([os()]), ['not on the EOL list', 'and more'])).toMatchObject({
      complete: false,
      reason: 'Trivy warns: not on the EOL list; and more',
    });
  });

  it('hides nothing that was found after all', () => {
    const json = report([os({ Packages: [] }), lang({ Vulnerabilities: [VULNERABILITY] })]);
    expect(read(json)).toMatchObject({ complete: false, findings: [{ id: 'CVE-1' }] });
  });
});

describe('a report of another form', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', 'report'],
    ['a list', []],
    ['another schema', { ...report([os()]), SchemaVersion: 3 }],
    ['results that are no list', { SchemaVersion: 2, Results: {} }],
    ['a finding without a name', report([os({ Vulnerabilities: [{ PkgName: 'lib' }] })])],
  ])('cannot be judged: %s', (_, json) => {
    expect(() => read(json)).toThrow(expect.objectContaining({ code: 'REPORT_INVALID' }));
  });
});

describe('namesSystem', () => {
  it('tells whether the packages of a system can have been judged', () => {
    expect(namesSystem(report([os()]))).toBe(true);
    expect(namesSystem(report([lang()], {}))).toBe(false);
    expect(namesSystem('nope')).toBe(false);
  });
});
