import { describe, expect, it } from '@jest/globals';
import { makeAuthority } from '../../lab/certificate.ts';
import { DomainError, type UsageError } from '../../src/base/error.ts';
import { formatReference } from '../../src/image/reference.ts';
import { PROMOTE_INPUTS } from '../../src/promote/inputs.ts';
import { readRequest } from '../../src/promote/request.ts';
import { findProblems, findWhere, makeContext, readStep, STEP } from './fake-step.ts';

type Inputs = Readonly<Record<string, string>>;

const { source: SOURCE = '', target: TARGET = '' } = STEP;
const HEX = 'a'.repeat(64);
const POLICY = '.github/promote-image.yml';

describe('a request', () => {
  it('takes source and target, and signs and attests with a key, by default', async () => {
    const request = await readStep();
    expect(formatReference(request.source)).toBe(SOURCE);
    expect(request.targets.map(formatReference)).toEqual([TARGET]);
    expect(request).toMatchObject({
      dryRun: false,
      existingTag: 'refuse',
      sign: true,
      attest: true,
      key: { kind: 'env', variable: 'COSIGN_PRIVATE_KEY' },
      referrers: 'copy',
      annotations: {},
      exceptions: [],
      vexDocuments: [],
      ca: undefined,
      environment: undefined,
      policySources: [],
      tools: { trivy: '', cosign: '' },
      workDirectory: '',
      timeoutMs: 3_600_000,
      summary: true,
    });
    expect(request.policy.scan).toMatchObject({ mode: 'enforce', severity: ['CRITICAL'], ignoreUnfixed: false });
  });

  it('reads every input', async () => {
    const request = await readStep({
      source: `dev.test/team/app@sha256:${HEX}`,
      target: 'prod.test/a:1\nprod.test/b:2',
      'source-username': 'reader',
      'source-password': 'r',
      'target-username': 'writer',
      'target-password': 'w',
      'dry-run': 'true',
      'existing-tag': 'accept-same-digest',
      severity: 'high, critical',
      'ignore-unfixed': 'true',
      scan: 'report',
      'signature-annotations': 'team = shop\nnote=a=b',
      referrers: 'ignore',
      trivy: '/opt/trivy',
      cosign: '/opt/cosign',
      'work-dir': 'room',
      timeout: '30m',
      summary: 'false',
    });
    expect(request.targets.map(formatReference)).toEqual(['prod.test/a:1', 'prod.test/b:2']);
    expect(request.credentials.source).toEqual(new Map([['dev.test', { username: 'reader', password: 'r' }]]));
    expect(request.credentials.target).toEqual(new Map([['prod.test', { username: 'writer', password: 'w' }]]));
    expect(request.policy.scan).toMatchObject({ mode: 'report', severity: ['CRITICAL', 'HIGH'], ignoreUnfixed: true });
    expect(request).toMatchObject({
      dryRun: true,
      existingTag: 'accept-same-digest',
      annotations: { team: 'shop', note: 'a=b' },
      referrers: 'ignore',
      tools: { trivy: '/opt/trivy', cosign: '/opt/cosign' },
      workDirectory: 'room',
      timeoutMs: 1_800_000,
      summary: false,
    });
  });

  it('takes an input that is empty, or of spaces only, for one that was not given', async () => {
    const names = Object.keys(PROMOTE_INPUTS).filter((name) => !(name in STEP) && !name.endsWith('password'));
    const given = await readStep(Object.fromEntries(names.map((name) => [name, ' \r\n '])));
    expect(given).toEqual(await readStep());
  });

  it('takes spaces, tabs and Windows line ends around what is meant', async () => {
    const request = await readStep({
      source: `  ${SOURCE}\r\n`,
      target: '\r\n  prod.test/a:1 \r\n\t# for the shop\r\n\tprod.test/b:1\r\n',
      sign: ' true\r\n',
      'existing-tag': 'accept-same-digest\r\n',
      severity: ' critical ,\r\nhigh,',
      'cosign-key': 'env://COSIGN_PRIVATE_KEY\r\n',
      'signature-annotations': 'a=1\r\nb=2\r\n',
      timeout: ' 5m\t',
    });
    expect(formatReference(request.source)).toBe(SOURCE);
    expect(request.targets.map(formatReference)).toEqual(['prod.test/a:1', 'prod.test/b:1']);
    expect(request).toMatchObject({
      existingTag: 'accept-same-digest',
      timeoutMs: 300_000,
      annotations: { a: '1', b: '2' },
    });
    expect(request.policy.scan.severity).toEqual(['CRITICAL', 'HIGH']);
  });

  it('writes a registry in lower case, so that one host has one name', async () => {
    const request = await readStep({ target: 'PROD.test/team/app:1.4.2' });
    expect(request.targets.map(formatReference)).toEqual([TARGET]);
  });
});

describe('what is wrong', () => {
  it('is told all at once, each with the input and a fix', async () => {
    const problems = await findProblems({
      source: 'app:1',
      target: `prod.test/a@sha256:${HEX}\nprod.test/b`,
      'dry-run': 'yes',
      'existing-tag': 'replace',
      severity: 'HIGH',
      'ignore-unfixed': 'sometimes',
      scan: 'maybe',
      trivyignores: 'gone.txt',
      'source-username': 'reader',
      'registry-auth': 'nonsense',
      'cosign-key': 'pkcs11://token',
      'signature-annotations': 'nonsense',
      referrers: 'move',
      trivy: 'latest',
      cosign: '2.0',
      timeout: '1 hour',
      summary: '1',
      policy: 'gone.yml',
      sevrity: 'HIGH',
    });
    expect([...new Set(problems.map(({ where }) => where))].sort()).toEqual(
      [
        ...['source', 'target', 'dry-run', 'existing-tag', 'severity', 'ignore-unfixed', 'scan', 'trivyignores'],
        ...['source-password', 'registry-auth', 'cosign-key', 'signature-annotations', 'referrers', 'trivy', 'cosign'],
        ...['timeout', 'summary', 'policy', 'sevrity'],
      ]
        .map((name) => `input ${name}`)
        .sort(),
    );
    for (const { message, fix } of problems) {
      expect(message).not.toBe('');
      expect(fix).not.toBe('');
    }
  });

  it.each<[string, Inputs, string, RegExp]>([
    ['no source', { source: '' }, 'source', /required/],
    ['a source that is only spaces', { source: ' \t' }, 'source', /required/],
    ['no target', { target: '' }, 'target', /required/],
    ['a target that is only a comment', { target: '# prod.test/a:1' }, 'target', /only comments/],
    ['a source without a tag', { source: 'dev.test/app' }, 'source', /neither a tag nor a digest/],
    ['a source with an empty tag', { source: 'dev.test/app:' }, 'source', /is not a tag/],
    ['a source without a registry', { source: 'team/app:1' }, 'source', /names no registry/],
    ['a source with a short digest', { source: 'dev.test/app@sha256:abc' }, 'source', /is not a digest/],
    ['a source in upper case', { source: 'dev.test/App:1' }, 'source', /cannot be part/],
    ['a source with a scheme', { source: 'https://dev.test/app:1' }, 'source', /is not an image reference/],
    ['a source of two lines', { source: 'dev.test/a:1\ndev.test/b:1' }, 'source', /is not an image reference/],
    ['a target without a tag', { target: 'prod.test/app' }, 'target', /neither a tag nor a digest/],
    ['a target by digest', { target: `prod.test/a@sha256:${HEX}` }, 'target', /names a digest/],
    ['a target by tag and digest', { target: `prod.test/a:1@sha256:${HEX}` }, 'target', /names a digest/],
    ['targets in one line', { target: 'prod.test/a:1,prod.test/b:1' }, 'target', /is not an image reference/],
    ['targets with a space between', { target: 'prod.test/a:1 prod.test/b:1' }, 'target', /is not an image reference/],
    ['a target twice', { target: `${TARGET}\n${TARGET}` }, 'target', /named twice/],
    ['a target twice in other letters', { target: `${TARGET}\nPROD.test/team/app:1.4.2` }, 'target', /named twice/],
    ['the source as target', { target: SOURCE }, 'target', /is the source itself/],
    ['the source as one of the targets', { target: `${TARGET}\n${SOURCE}` }, 'target', /is the source itself/],
    [
      'the source as target, with its digest',
      { source: `${SOURCE}@sha256:${HEX}`, target: SOURCE },
      'target',
      /is the source itself/,
    ],
    ['a flag that is no flag', { sign: 'yes' }, 'sign', /must be true or false/],
    [
      'an unknown option',
      { 'existing-tag': 'overwrite' },
      'existing-tag',
      /must be one of refuse, accept-same-digest, move/,
    ],
    ['an option in other letters', { referrers: 'Copy' }, 'referrers', /must be one of copy, ignore/],
    ['no severity at all', { severity: ',' }, 'severity', /no severity is named/],
    ['a severity with a gap', { severity: 'HIGH' }, 'severity', /HIGH without CRITICAL/],
    ['an unknown severity', { severity: 'CRITICAL,SEVERE' }, 'severity', /"SEVERE" is not a severity/],
    ['an empty duration', { timeout: '0m' }, 'timeout', /"0m"/],
    ['a duration without a unit', { timeout: '30' }, 'timeout', /"30"/],
    ['a version of Trivy nobody knows', { trivy: '9.9.9' }, 'trivy', /is not a version this release has/],
    ['a short checksum', { cosign: '3.0.0@sha256:abc' }, 'cosign', /64 hex digits/],
    ['an annotation without a value', { 'signature-annotations': 'release' }, 'signature-annotations', /"release"/],
    ['an annotation without a key', { 'signature-annotations': '=1' }, 'signature-annotations', /"=1"/],
    ['an annotation twice', { 'signature-annotations': 'a=1\na=2' }, 'signature-annotations', /sets a twice/],
    ['an annotation of ours', { 'signature-annotations': 'target=x' }, 'signature-annotations', /signs itself/],
    ['another of ours', { 'signature-annotations': 'environment=x' }, 'signature-annotations', /signs itself/],
  ])('%s is a problem of its input', async (_, inputs, name, message) => {
    const problems = await findProblems(inputs);
    expect(problems).toEqual([
      { where: `input ${name}`, message: expect.stringMatching(message), fix: expect.stringMatching(/\w/) },
    ]);
  });

  it('is an input that nobody knows, with the nearest name', async () => {
    expect(await findProblems({ sevrity: 'HIGH' })).toEqual([
      { where: 'input sevrity', message: 'is not an input of this action.', fix: 'Did you mean severity?' },
    ]);
    expect(await findWhere({ constructor: 'x' })).toEqual(['input constructor']);
  });

  it('is not a new tag in the repository of the source', async () => {
    expect(await findWhere({ target: 'dev.test/team/app:1.4.2-approved' })).toEqual([]);
    expect(await findWhere({ source: `dev.test/team/app@sha256:${HEX}`, target: SOURCE })).toEqual([]);
  });
});

describe('a pull request', () => {
  it.each(['pull_request', 'pull_request_target'])('does not promote (%s)', async (event) => {
    expect(await findProblems({}, { event })).toEqual([
      {
        where: 'input dry-run',
        message: expect.stringContaining(event),
        fix: expect.stringContaining('dry-run: true'),
      },
    ]);
  });

  it.each(['pull_request', 'pull_request_target'])('may look (%s)', async (event) => {
    expect((await readStep({ 'dry-run': 'true' }, { event })).dryRun).toBe(true);
  });

  it.each(['push', 'release', 'workflow_dispatch', 'schedule', ''])('is not the event %j', async (event) => {
    expect((await readStep({}, { event })).dryRun).toBe(false);
  });

  it('is judged by the policy, the VEX and the certificates of the base commit', async () => {
    const base = makeAuthority('Base').cert;
    const policy = 'version: 1\nscan: { vex: [vex.json] }\nregistries: { ca: ca.pem }\n';
    const request = await readStep(
      { 'dry-run': 'true' },
      {
        event: 'pull_request',
        files: {
          [POLICY]: 'version: 1\nscan: { mode: off }\n',
          'vex.json': 'edited',
          'ca.pem': makeAuthority('Edited').cert,
        },
        baseFiles: { [POLICY]: policy, 'vex.json': 'base', 'ca.pem': base },
      },
    );
    expect(request).toMatchObject({ vexDocuments: ['base'], ca: base });
    expect(request.policy.scan.mode).toBe('enforce');
  });
});

describe('tools', () => {
  it('that are paths to nothing that runs are problems, all of them, before anything is asked', async () => {
    const inputs = { trivy: '/missing/trivy', cosign: './missing/cosign' };
    expect(await findWhere(inputs)).toEqual(['input trivy', 'input cosign']);
  });
});

describe('a file that is there and cannot be read', () => {
  const unreadable = async (path: string): Promise<never> => {
    throw new DomainError('FILE_UNREADABLE', `${path} is there and cannot be read: EISDIR`);
  };
  const files = { readText: unreadable, readPolicy: unreadable, isExecutable: async () => true };

  it('is a problem of its input, told with all the others', async () => {
    const inputs = { ...STEP, policy: 'folder', trivyignores: 'folder', 'cosign-key': 'folder', severity: 'XX' };
    const error = await readRequest(inputs, { ...makeContext(), files }).catch((caught: unknown) => caught);
    expect((error as UsageError).problems.map(({ where }) => where).sort()).toEqual([
      'input cosign-key',
      'input policy',
      'input severity',
      'input trivyignores',
    ]);
  });
});

describe('ignore files', () => {
  it('are read in both syntaxes, separated by commas or lines', async () => {
    const files = {
      '.trivyignore': '# ours\r\nCVE-2026-0001 exp:2026-12-31\r\n',
      'more.yaml': 'vulnerabilities:\n  - id: CVE-2026-0002\n    statement: not reachable\n',
      last: 'CVE-2026-0003\n',
    };
    const { exceptions } = await readStep({ trivyignores: '.trivyignore, more.yaml\r\nlast' }, { files });
    expect(exceptions.map(({ id }) => id)).toEqual(['CVE-2026-0001', 'CVE-2026-0002', 'CVE-2026-0003']);
  });

  it('that are missing or wrong are problems with their places', async () => {
    const files = { '.trivyignore': 'CVE-2026-0001\nCVE-*\n' };
    expect(await findWhere({ trivyignores: '.trivyignore,gone' }, { files })).toEqual([
      'input trivyignores',
      '.trivyignore:2:1',
    ]);
  });
});
