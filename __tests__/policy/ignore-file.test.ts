import { describe, expect, it } from '@jest/globals';
import { parseIgnoreFile } from '../../src/policy/ignore-file.ts';

function tell(text: string, name: string): string[] {
  return parseIgnoreFile(text, name).problems.map(({ where, message }) => `${where} ${message}`);
}

describe('.trivyignore', () => {
  it.each(['\r', '\u2028', '\u2029'])('tells of an id behind a %j, which ends no line', (end) => {
    expect(tell(`CVE-2026-1${end}CVE-2026-2`, 'i')).toEqual(['i:1:12 "CVE-2026-2" has no meaning here.']);
    expect(parseIgnoreFile(`CVE-2026-1${end}`, 'i').exceptions).toMatchObject([{ id: 'CVE-2026-1' }]);
  });

  it('takes ids, ends and comments', () => {
    const text =
      '# accepted risks\n\nCVE-2026-1\r\nGHSA-aaaa-bbbb-cccc exp:2026-07-01 # not reachable\n  TEMP-0841856-B18BAF # no CVE yet\n';
    expect(parseIgnoreFile(text, '.trivyignore')).toEqual({
      exceptions: [
        { id: 'CVE-2026-1', packages: [], source: '.trivyignore:3' },
        {
          id: 'GHSA-aaaa-bbbb-cccc',
          packages: [],
          reason: 'not reachable',
          expires: '2026-07-01',
          endsAt: Date.parse('2026-07-01T00:00:00Z'),
          source: '.trivyignore:4',
        },
        { id: 'TEMP-0841856-B18BAF', packages: [], reason: 'no CVE yet', source: '.trivyignore:5' },
      ],
      problems: [],
    });
  });

  it('may be empty', () => {
    expect(parseIgnoreFile('\n# nothing\n', '.trivyignore')).toEqual({ exceptions: [], problems: [] });
  });

  it('tells every line without a meaning, at its place, and then ignores nothing', () => {
    const text =
      'CVE-2026-1\nCVE-*\nCVE-2026-2 until:2026-07-01\nCVE-2026-3 exp:2026-02-30\nCVE-2026-4 exp:2026-07-01 exp:2027-07-01\nCVE-2026-5 CVE-2026-6\n';
    expect(tell(text, '.trivyignore')).toEqual([
      '.trivyignore:2:1 "CVE-*" is not the id of a vulnerability.',
      '.trivyignore:3:12 "until:2026-07-01" has no meaning here.',
      '.trivyignore:4:12 "2026-02-30" is not a day.',
      '.trivyignore:5:12 exp: stands here twice.',
      '.trivyignore:6:12 "CVE-2026-6" has no meaning here.',
    ]);
    expect(parseIgnoreFile(text, '.trivyignore').exceptions).toEqual([]);
  });

  it('is bounded', () => {
    expect(tell('x'.repeat(1024 * 1024 + 1), '.trivyignore')).toEqual([
      '.trivyignore:1:1 it has 1048577 bytes, more than 1048576.',
    ]);
    expect(tell('*\n'.repeat(5_000), '.trivyignore')).toHaveLength(100);
  });
});

describe('.trivyignore.yaml', () => {
  it('takes ids, package URLs, statements and ends', () => {
    const text = `vulnerabilities:
  - id: CVE-2026-1
    purls: [pkg:deb/debian/openssl]
    statement: not reachable
    expired_at: 2026-07-01
  - id: CVE-2026-2
    expired_at: 2026-07-01T12:00:00Z
misconfigurations:
  - id: AVD-DS-0002
`;
    expect(parseIgnoreFile(text, 'x/.trivyignore.yaml')).toEqual({
      exceptions: [
        {
          id: 'CVE-2026-1',
          packages: ['pkg:deb/debian/openssl'],
          reason: 'not reachable',
          expires: '2026-07-01',
          endsAt: Date.parse('2026-07-01T00:00:00Z'),
          source: 'x/.trivyignore.yaml vulnerabilities[0]',
        },
        {
          id: 'CVE-2026-2',
          packages: [],
          expires: '2026-07-01T12:00:00Z',
          endsAt: Date.parse('2026-07-01T12:00:00Z'),
          source: 'x/.trivyignore.yaml vulnerabilities[1]',
        },
      ],
      problems: [],
    });
  });

  it('tells everything without a meaning, at its place, and then ignores nothing', () => {
    const text = `vulnerabilities:
  - id: CVE-2026-1
    paths: [usr/bin]
  - id: "*"
    purls: [openssl]
    expires: 2026-07-01
  - statement: none
vulns: []
`;
    expect(tell(text, 'i.yml')).toEqual([
      'i.yml:3:5 paths are not supported: the entry would let pass more than it says, or nothing.',
      'i.yml:4:9 vulnerabilities[1].id: "*" is not the id of a vulnerability.',
      'i.yml:5:13 vulnerabilities[1].purls[0]: "openssl" is not a package URL.',
      'i.yml:6:5 "expires" is not known in vulnerabilities[1].',
      'i.yml:7:5 vulnerabilities[2].id is missing.',
      'i.yml:8:1 "vulns" is not known here.',
    ]);
    expect(parseIgnoreFile(text, 'i.yml').exceptions).toEqual([]);
  });

  it.each(['', 'vulnerabilities:\n', '- CVE-2026-1\n', 'vulnerabilities: CVE-2026-1\n', 'CVE-2026-1\n'])(
    'refuses %j',
    (text) => {
      expect(tell(text, 'i.yaml')).toHaveLength(1);
    },
  );
});
