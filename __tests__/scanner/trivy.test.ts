import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { pickPackage } from '../../lab/database/advisories.ts';
import { buildImage } from '../../lab/image/image.ts';
import { makeRecordingTool } from '../host/actions/recording-tool.ts';
import { openScanRoom, type ScanRoom } from './scan-room.ts';

const JAR = { group: 'org.example', artifact: 'libcritical', version: '1.2.3', anonymous: true };
const CRITICAL = buildImage({ packages: [pickPackage('libcritical', 'debian 12')] });
const UNFIXED = buildImage({ packages: [pickPackage('libunfixed', 'debian 12')] });
const BASE = [{ name: 'harmless', version: '1' }];

let scanning: ScanRoom;
let tools: string;
beforeAll(async () => {
  scanning = await openScanRoom([JAR]);
  tools = join(scanning.room.directory, 'tools');
  await mkdir(tools);
});
afterAll(() => scanning.close());

describe('the Java database', () => {
  const withJar = buildImage({ packages: BASE, jars: [JAR] });

  it('is not fetched for an image without a jar', async () => {
    await scanning.scan(CRITICAL, await scanning.openTrivy());
    expect(scanning.javaFetches()).toBe(0);
  });

  it('is fetched once when a scan needs it, and the scan is made again', async () => {
    const trivy = await scanning.openTrivy();
    const [first] = await scanning.scan(withJar, trivy);
    expect(first?.scanned).toMatchObject({
      complete: true,
      findings: [{ id: 'CVE-2099-0001', package: 'org.example:libcritical' }],
    });
    await scanning.scan(withJar, trivy);
    expect(scanning.javaFetches()).toBe(1);
  });

  it('is fetched once for all platforms that are scanned side by side', async () => {
    const says = `if (serial < 2) { console.error('FATAL\\tscan failed: failed analysis: Unable to initialize the Java DB'); process.exit(1); }
      fs.writeFileSync(valueOf('--output'), '{"SchemaVersion":2}');`;
    const tool = await makeRecordingTool(tools, 'java', says);
    let fetches = 0;
    const trivy = await scanning.openTrivy({ path: tool.path, provideJavaDatabase: async () => void fetches++ });
    await Promise.all([trivy.scan('a', 'a'), trivy.scan('b', 'b')]);
    expect(fetches).toBe(1);
  });

  it('that cannot be had is no pass', async () => {
    const says = `console.error('FATAL\\tscan failed: failed analysis: Unable to initialize the Java DB'); process.exit(1);`;
    const tool = await makeRecordingTool(tools, 'no-java', says);
    const provided = await scanning.openTrivy({ path: tool.path, provideJavaDatabase: async () => {} });
    await expect(provided.scan('a', 'a')).rejects.toMatchObject({ code: 'SCANNER_FAILED' });
    const failed = await scanning.openTrivy({
      path: tool.path,
      provideJavaDatabase: () => Promise.reject(new Error('no mirror')),
    });
    await expect(failed.scan('a', 'a')).rejects.toThrow('no mirror');
  });
});

describe('nothing around it can weaken the scan', () => {
  const before = process.cwd();
  afterEach(() => {
    process.chdir(before);
    for (const name of Object.keys(process.env)) if (name.startsWith('TRIVY_')) delete process.env[name];
  });

  it('no trivy.yaml, no .trivyignore and no TRIVY_ variable of the workspace', async () => {
    const workspace = join(scanning.room.directory, 'workspace');
    await mkdir(workspace);
    await writeFile(join(workspace, 'trivy.yaml'), 'severity: [LOW]\nignorefile: .trivyignore\n');
    await writeFile(join(workspace, '.trivyignore'), 'CVE-2099-0001\n');
    process.chdir(workspace);
    Object.assign(process.env, {
      TRIVY_SEVERITY: 'LOW',
      TRIVY_IGNOREFILE: join(workspace, '.trivyignore'),
      TRIVY_CONFIG: join(workspace, 'trivy.yaml'),
      TRIVY_IGNORE_UNFIXED: 'true',
      TRIVY_SKIP_FILES: '**',
      TRIVY_PKG_TYPES: 'library',
    });
    const [only] = await scanning.scan(CRITICAL, await scanning.openTrivy());
    expect(only?.scanned).toMatchObject({ complete: true, findings: [{ id: 'CVE-2099-0001' }] });
  });

  it('not even what somebody puts into the folder it runs in', async () => {
    const directory = join(scanning.room.directory, 'own');
    const trivy = await scanning.openTrivy({ directory });
    await writeFile(
      join(directory, 'cwd', 'trivy.yaml'),
      'severity: [LOW]\nvulnerability:\n  ignore-unfixed: true\npkg:\n  types: [library]\n',
    );
    expect((await scanning.scan(UNFIXED, trivy))[0]?.scanned.findings).toHaveLength(1);
    await writeFile(join(directory, 'cwd', '.trivyignore'), 'CVE-2099-0001\n');
    expect((await scanning.scan(CRITICAL, trivy))[0]?.scanned.findings[0]).not.toHaveProperty('suppressedBy');
  });

  it('since it runs in an empty folder, with a listed environment, a PATH and nothing else', async () => {
    process.env.TRIVY_PASSWORD = 'secret';
    const tool = await makeRecordingTool(
      tools,
      'recorder',
      `fs.writeFileSync(valueOf('--output'), '{"SchemaVersion":2}');`,
    );
    const trivy = await scanning.openTrivy({ path: tool.path });
    await trivy.scan('layout@sha256:x', 'report');
    const [call] = await tool.calls();
    expect(Object.keys(call?.env ?? {}).sort()).toEqual(['HOME', 'PATH', 'TEMP', 'TMP', 'TMPDIR']);
    expect(await readdir(call?.cwd ?? '')).toEqual([]);
    expect(call?.args).toEqual(expect.arrayContaining(['--offline-scan', '--skip-db-update', '--skip-java-db-update']));
    expect(call?.args.slice(0, 3)).toEqual(['image', '--input', 'layout@sha256:x']);
  });
});

describe('a scanner that does not do its work is no pass', () => {
  const run = async (name: string, script: string) => {
    const tool = await makeRecordingTool(tools, name, script);
    return (await scanning.openTrivy({ path: tool.path })).scan('layout@sha256:x', 'report');
  };
  const failed = (message: string) => ({
    code: 'SCANNER_FAILED',
    message: expect.stringContaining(message),
    hint: expect.any(String),
  });

  it.each([
    ['says nothing', 'process.exit(1)', 'exit code 1: it said nothing'],
    [
      'does not know a flag',
      `console.error('2026-01-01T00:00:00Z\\tFATAL\\tFatal error\\tunknown flag: --input'); process.exit(1)`,
      'exit code 1: unknown flag: --input',
    ],
    ['panics', `console.error('panic: runtime error\\ngoroutine 1'); process.exit(2)`, 'exit code 2: goroutine 1'],
    ['is killed', `process.kill(process.pid, 'SIGKILL')`, 'was ended by SIGKILL'],
    [
      'has no room',
      `console.error('FATAL\\tFatal error\\tscan failed: failed analysis: write /tmp/x: no space left on device'); process.exit(1)`,
      'no space left',
    ],
  ])('when it %s', async (name, script, message) => {
    await expect(run(name.replaceAll(' ', '-'), script)).rejects.toMatchObject(failed(message));
  });

  it.each([
    ['leaves no report', ''],
    ['leaves half a report', `fs.writeFileSync(valueOf('--output'), '{"SchemaVersion":')`],
  ])('when it %s', async (name, script) => {
    await expect(run(name.replaceAll(' ', '-'), script)).rejects.toMatchObject({ code: 'REPORT_INVALID' });
  });

  it('when its database is broken or absent', async () => {
    const cacheDirectory = join(scanning.room.directory, 'broken-cache');
    await cp(scanning.databases.directory, cacheDirectory, { recursive: true });
    await writeFile(join(cacheDirectory, 'db', 'trivy.db'), 'garbage');
    await expect(scanning.scan(CRITICAL, await scanning.openTrivy({ cacheDirectory }))).rejects.toMatchObject(
      failed('DB'),
    );
    await rm(join(cacheDirectory, 'db'), { recursive: true });
    await expect(scanning.scan(CRITICAL, await scanning.openTrivy({ cacheDirectory }))).rejects.toMatchObject(
      failed('DB'),
    );
  });

  it('when it is stopped', async () => {
    const stop = new AbortController();
    const tool = await makeRecordingTool(tools, 'slow', 'setInterval(() => {}, 1000)');
    const trivy = await scanning.openTrivy({ path: tool.path, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('cancelled by SIGTERM')), 300);
    await expect(trivy.scan('layout@sha256:x', 'report')).rejects.toThrow('cancelled by SIGTERM');
  });

  it('but an image it cannot read is unreadable, in its own words', async () => {
    const script = `console.error('2026-01-01T00:00:00Z\\tFATAL\\tFatal error\\trun error: image scan error: scan failed: failed analysis: invalid tar header'); process.exit(1)`;
    expect(await run('unreadable', script)).toEqual({
      kind: 'unreadable',
      reason: 'run error: image scan error: scan failed: failed analysis: invalid tar header',
    });
  });
});

describe('the warnings of a scan', () => {
  it('are handed on when they tell that something was not judged, and no others', async () => {
    const lines = [
      'x\\tWARN\\tUnsupported os\\tfamily="none"',
      'x\\tWARN\\tThis OS version is not on the EOL list\\tfamily="debian" version="99"',
      'x\\tWARN\\tUsing severities from other vendors for some vulnerabilities',
      'x\\tINFO\\tDetected OS',
    ];
    const script = `console.error("${lines.map((line) => line.replaceAll('"', '\\"')).join('\\n')}"); fs.writeFileSync(valueOf('--output'), '{}');`;
    const tool = await makeRecordingTool(tools, 'warns', script);
    const result = await (await scanning.openTrivy({ path: tool.path })).scan('layout@sha256:x', 'report');
    expect(result).toMatchObject({
      kind: 'report',
      warnings: ['Unsupported os family="none"', 'This OS version is not on the EOL list family="debian" version="99"'],
    });
  });
});
