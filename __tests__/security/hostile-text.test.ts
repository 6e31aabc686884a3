import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pushImage } from '../../lab/image/push.ts';
import type { Fault } from '../../lab/registry/faults.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import { mapConcurrently } from '../../src/base/concurrency.ts';
import { errorsOf } from '../e2e/fixture.ts';
import { makeImage } from '../e2e/fixture-images.ts';
import { openSecurityRoom, readLeftFiles, type SecurityRoom } from './security-room.ts';

/** Commands of the runner, terminal sequences, line ends and marks of all kinds, Markdown, HTML, Mermaid, formulas. */
const EVIL = [
  'evil\r\n::error::pwned\r::set-output name=result::promoted',
  '::stop-commands::x\u2028::add-mask::a\u2029::warning::pwned\u0085::notice::pwned',
  '##[error]pwned ##vso[task.setvariable variable=x]y\n  ::save-state name=x::y',
  '\u001b[2J\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007\u009b1A\u001bPq\u001b\\',
  'gpj.exe\u202etxt\u2066\u200b\ufeff\u{e0041}',
  '[click](https://evil.example) ![x](https://evil.example/x.png) <img src=x onerror=alert(1)><script>alert(1)</script>',
  '| a | b |\n|---|---|\n```\n# heading\n@everyone #1 <!-- --> ~~~',
  '```mermaid\ngraph TD; A["x"]--click-->B; click A href "javascript:alert(1)"\n```',
  '</details></summary>&#58;&colon; $`x`$ %0A::error::pwned%0D',
].join('\n');

/** A thing that says it, how the step ends, and a run in which it does. */
interface Case {
  readonly what: string;
  readonly end: RegExp;
  readonly run: () => Promise<StepResult>;
}

let room: SecurityRoom;
const registries: LabRegistry[] = [];
const results = new Map<string, StepResult>();

const ascii = EVIL.replace(/[^ -~]/g, ' ').replace(/["\\]/g, "'");
const json = { 'Content-Type': 'application/json' };
const errorBody = JSON.stringify({ errors: [{ code: EVIL, message: EVIL, detail: EVIL }] });

async function start(faults: readonly Fault[] = [], auth = false): Promise<LabRegistry> {
  const registry = await startRegistry(
    auth ? { auth: { kind: 'bearer', username: 'ci', password: 'x', pull: 'anonymous' } } : {},
  );
  registries.push(registry);
  await pushImage(
    registry.host,
    'dev/web',
    '1',
    makeImage('fixed'),
    auth ? { username: 'ci', password: 'x' } : undefined,
  );
  registry.faults.push(...faults);
  return registry;
}

const promote = async (source: LabRegistry, inputs: Record<string, string> = {}, files: Record<string, string> = {}) =>
  room.promote(`${source.host}/dev/web:1`, `${(await start()).host}/prod/web:1`, { inputs, files });

const CASES: readonly Case[] = [
  ...[
    { what: 'the error body of a registry', status: 403, path: /manifests/ },
    { what: 'the error body of an upload', status: 403, path: /uploads/ },
  ].map(({ what, status, path }) => ({
    what,
    end: /DENIED/,
    run: async () => {
      const fault = { path, status, body: errorBody, headers: json };
      const [source, target] = await Promise.all([start(path.test('manifests') ? [fault] : []), start([fault])]);
      return room.promote(`${source.host}/dev/web:1`, `${target.host}/prod/web:2`);
    },
  })),
  {
    what: 'an error page that is no JSON',
    end: /DENIED|PROTOCOL/,
    run: async () =>
      promote(await start([{ path: /manifests/, status: 403, body: EVIL, headers: { 'Content-Type': 'text/html' } }])),
  },
  {
    what: 'the error of a token service',
    end: /UNAUTHORIZED/,
    run: async () => promote(await start([{ path: /^\/token/, status: 401, body: errorBody, headers: json }], true)),
  },
  {
    what: 'a challenge',
    end: /UNAUTHORIZED|PROTOCOL|REDIRECT_REFUSED/,
    run: async () => {
      const challenge = `Bearer realm="/token/${ascii}",service="${ascii}",scope="${ascii}"`;
      return promote(await start([{ path: /manifests/, status: 401, headers: { 'WWW-Authenticate': challenge } }]));
    },
  },
  {
    what: 'a Warning header',
    end: /^$/,
    run: async () => {
      const warnings = EVIL.split('\n').map(
        (line) => `299 - "${line.replace(/[^ -~]/g, ' ').replace(/["\\]/g, '\\$&')}"`,
      );
      return promote(await start([{ path: /manifests/, headers: { Warning: warnings.join(', ') } }]));
    },
  },
  {
    what: 'where a redirect leads to',
    end: /REDIRECT_REFUSED|PROTOCOL/,
    run: async () =>
      promote(await start([{ path: /manifests/, status: 302, headers: { Location: `javascript:${ascii}` } }])),
  },
  {
    what: 'annotations and artifact types of what refers to the image',
    end: /^$/,
    run: async () => {
      const source = await start();
      const digest = source.digestOf('dev/web', '1') ?? '';
      await attach(source.host, digest);
      return promote(source);
    },
  },
  {
    what: 'what a scanner prints when it fails',
    end: /SCANNER_FAILED/,
    run: async () => {
      const script = `if (call.args[0] === 'image') { process.stderr.write(${JSON.stringify(`WARN\t${EVIL}\nFATAL\t${EVIL}`)}); process.exit(1); }`;
      return promote(await start(), { trivy: (await room.makeTool('trivy', script)).path });
    },
  },
  {
    what: 'why a scanner could not read the image',
    end: /SCAN_INCOMPLETE/,
    run: async () => {
      const said = `FATAL\tscan failed: failed analysis: ${EVIL.replaceAll('\n', ' ')}`;
      const script = `if (call.args[0] === 'image') { process.stderr.write(${JSON.stringify(said)}); process.exit(1); }`;
      return promote(await start(), { trivy: (await room.makeTool('trivy', script)).path });
    },
  },
  {
    what: 'names, versions, titles and links of advisories',
    end: /VULNERABLE/,
    run: async () => {
      const finding = Object.fromEntries(
        ['PkgName', 'InstalledVersion', 'FixedVersion', 'Title', 'Description', 'PrimaryURL', 'PkgPath'].map((name) => [
          name,
          EVIL,
        ]),
      );
      const report = {
        SchemaVersion: 2,
        Metadata: { OS: { Family: 'debian', Name: EVIL } },
        Results: [
          {
            ...{ Target: EVIL, Class: 'os-pkgs', Type: 'debian', Packages: [{ Name: EVIL, Version: EVIL }] },
            Vulnerabilities: [{ VulnerabilityID: EVIL, Severity: 'CRITICAL', References: [EVIL], ...finding }],
          },
        ],
      };
      const script = `if (call.args[0] === 'image') { fs.writeFileSync(valueOf('--output'), ${JSON.stringify(JSON.stringify(report))}); process.exit(0); }`;
      return promote(await start(), { trivy: (await room.makeTool('trivy', script)).path });
    },
  },
  {
    what: 'what cosign prints when it fails',
    end: /KEY_UNUSABLE/,
    run: async () => {
      const script = `if (call.args[0] === 'public-key') { process.stderr.write(${JSON.stringify(EVIL)}); process.exit(1); }`;
      return promote(await start(), { cosign: (await room.makeTool('cosign', script)).path });
    },
  },
  {
    what: 'the version that a tool gives itself',
    end: /^$/,
    run: async () => {
      const script = `if (call.args[0] === 'version') { console.log('GitVersion: v1.2.3' + ${JSON.stringify(EVIL)}); process.exit(0); }`;
      return promote(await start(), { cosign: (await room.makeTool('cosign', script)).path });
    },
  },
  {
    what: 'the name of a file that is missing, and a policy that quotes',
    end: /Wrong use/,
    run: async () =>
      promote(
        await start(),
        {
          policy: '.github/odd.yml',
          trivyignores: EVIL.replace(/[\n,]/g, ' '),
          environment: EVIL,
          severity: EVIL,
        },
        { '.github/odd.yml': JSON.stringify({ version: 1, [EVIL]: EVIL, scan: { mode: EVIL } }) },
      ),
  },
];

async function attach(host: string, digest: string): Promise<void> {
  const base = `http://${host}/v2/dev/web`;
  const empty = { mediaType: 'application/vnd.oci.empty.v1+json', digest: EMPTY, size: 2 };
  const { headers } = await fetch(`${base}/blobs/uploads/`, { method: 'POST' });
  const upload = new URL(headers.get('location') ?? '', base);
  upload.searchParams.set('digest', EMPTY);
  await fetch(upload, { method: 'PUT', body: '{}' });
  const subject = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: 1 };
  const manifest = {
    ...{ schemaVersion: 2, mediaType: subject.mediaType, artifactType: `application/x.${EVIL.slice(0, 40)}` },
    ...{
      config: empty,
      layers: [empty],
      subject,
      annotations: { [EVIL]: EVIL, 'org.opencontainers.image.title': EVIL },
    },
  };
  const answer = await fetch(`${base}/manifests/evil`, {
    method: 'PUT',
    headers: { 'Content-Type': subject.mediaType },
    body: JSON.stringify(manifest),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}
const EMPTY = 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';

beforeAll(async () => {
  room = await openSecurityRoom();
  await mapConcurrently(CASES, 3, async ({ what, run }) => void results.set(what, await run()));
}, 120_000);

afterAll(async () => {
  await Promise.all([room?.close(), ...registries.map((registry) => registry.close())]);
});

const KNOWN_COMMANDS = ['add-mask', 'debug', 'group', 'endgroup', 'warning', 'error'];
/** What a terminal or a browser would act on, or a reader would not see. */
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}/u;

describe('hostile text is only text', () => {
  it.each(CASES.map(({ what, end }) => [what, end] as const))('in %s', async (what, end) => {
    const step = results.get(what);
    if (step === undefined) throw new Error('it did not run');
    expect(
      errorsOf(step)
        .map(({ title }) => title)
        .join(),
    ).toMatch(end);

    const lines = step.log.split(/[\r\n\u0085\u2028\u2029]/);
    const commands = lines.flatMap((line) => /^\s*::([\w-]+)/.exec(line)?.[1] ?? []);
    expect(commands.filter((name) => !KNOWN_COMMANDS.includes(name))).toEqual([]);
    expect(lines.filter((line) => /^\s*::(?:error|warning|debug|group)[^:]*::\s*pwned/.test(line))).toEqual([]);
    expect(errorsOf(step).filter(({ message }) => /^\s*(?:::|pwned)/m.test(message))).toEqual([]);
    expect(step.log).not.toContain('##[');
    expect(step.log).not.toMatch(INVISIBLE);

    expect(step.summary).not.toMatch(INVISIBLE);
    expect(step.summary).not.toMatch(/<(?:img|script|a|!--)\b|!?\[[^\]]*\]\(https?:|@everyone|(?<!&)#1\b|^\s*::/m);
    const drawings = [...step.summary.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(([, drawing = '']) => drawing);
    expect(drawings.length).toBeLessThanOrEqual(1);
    expect(drawings.join()).not.toMatch(/evil|pwned|click|javascript/);
    expect(step.summary).not.toMatch(/\]\(javascript:|<[^>]*href/);

    for (const [path, text] of await readLeftFiles(step)) {
      if (/\.(?:json|sarif)$/.test(path)) expect(() => JSON.parse(text)).not.toThrow();
    }
    expect(Object.keys(step.outputs).sort()).toEqual(OUTPUTS);
    expect(step.outputs.result).toMatch(/^(?:promoted|refused|failed)$/);
    expect(() => JSON.parse(step.outputs.refusals ?? '')).not.toThrow();
  });
});

it('is there to be seen in most of them, as text', () => {
  const shown = [...results].filter(([, { log }]) => /pwned/.test(log)).map(([what]) => what);
  expect(shown.length).toBeGreaterThanOrEqual(9);
});

const OUTPUTS = [
  ...['digest', 'image', 'images', 'matrix', 'plan', 'plan-digest', 'record', 'refusals', 'result'],
  ...['sarif', 'scan-report', 'vulnerabilities'],
];
