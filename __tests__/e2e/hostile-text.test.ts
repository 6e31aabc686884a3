import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import { endOf, errorsOf, refused, type Scene, setScene, writeWrapper } from './fixture.ts';
import { makeImage, makeIndex } from './fixture-images.ts';

let scene: Scene;
let staging: LabRegistry;
let production: LabRegistry;

beforeAll(async () => {
  [scene, staging, production] = await Promise.all([setScene(), startRegistry(), startRegistry()]);
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), staging?.close(), production?.close()]);
});

describe('what an image or a registry says', () => {
  const evil =
    'x\n::set-output name=result::promoted\r\n##[set-env name=PATH]/tmp\n::error::pwned\u001b[2J\u202e<img src=x onerror=alert(1)>|@everyone';

  /** Nothing of it became a command, an escape sequence or markup. */
  function expectTame(step: StepResult): void {
    const commands = [...step.log.matchAll(/^\s*::([\w-]+)/gm)].map(([, name = '']) => name);
    const known = ['add-mask', 'debug', 'group', 'endgroup', 'warning', 'error'];
    expect(commands.filter((name) => !known.includes(name))).toEqual([]);
    expect(errorsOf(step).filter(({ message }) => message.startsWith('pwned'))).toEqual([]);
    expect(step.log).not.toContain('##[');
    expect(step.log + step.summary).not.toContain('\u001b');
    expect(step.log + step.summary).not.toContain('\u202e');
    expect(step.summary).not.toContain('<img');
    expect(step.summary).not.toMatch(/@everyone/);
    expect(step.summary).not.toMatch(/^\s*::/m);
  }

  it('cannot inject anything by names, versions and titles in the scan', async () => {
    await pushImage(staging.host, 'dev/evil', '1', makeIndex('vulnerable'));
    const directory = await scene.makeDirectory();
    const forged = JSON.stringify(evil).replaceAll('\\', '\\\\').replaceAll('&', '\\&').replaceAll('/', '\\/');
    const sed = ['PkgName', 'InstalledVersion', 'FixedVersion', 'Title', 'Target'].map(
      (field) => `s/"${field}": "[^"]*"/"${field}": ${forged}/`,
    );
    const script = [
      `output=''; previous=''; for word in "$@"; do [ "$previous" = --output ] && output="$word"; previous="$word"; done`,
      `"$REAL" "$@"; code=$?`,
      `[ -n "$output" ] && sed -i '${sed.join(';').replaceAll("'", "'\\''")}' "$output"`,
      'exit $code',
    ].join('\n');
    const trivy = await writeWrapper(directory, 'trivy', script);
    const step = await scene.promote(`${staging.host}/dev/evil:1`, `${production.host}/prod/evil:1`, {
      inputs: { trivy },
    });
    expect(endOf(step)).toEqual(refused('VULNERABLE'));
    expect(step.outputs.refusals).toContain('set-output');
    expectTame(step);
  }, 120_000);

  it('cannot inject anything by labels, the name of the system and that of a package', async () => {
    const osRelease = `ID=alpine\nVERSION_ID=3.23.0\nPRETTY_NAME="::set-output name=result::promoted %0A::error::pwned"\n`;
    const image = makeImage('fixed', {
      distribution: { osRelease, packageDatabase: 'apk' },
      packages: [{ name: '::error::pwned%0A##[x]', version: '1.2.3-r0' }],
      labels: { 'org.opencontainers.image.revision': evil, 'org.opencontainers.image.title': evil },
      annotations: { 'org.opencontainers.image.description': evil },
      layers: [{ files: { 'etc/alpine-release': '3.23.0\n::set-output name=result::promoted\n' } }],
    });
    await pushImage(staging.host, 'dev/labels', '1', image);
    const step = await scene.promote(`${staging.host}/dev/labels:1`, `${production.host}/prod/labels:1`);
    expect(step.outputs.result).toMatch(/promoted|refused/);
    expectTame(step);
  }, 120_000);

  it('cannot inject anything by the errors of a registry', async () => {
    const registry = await startRegistry();
    try {
      const body = JSON.stringify({ errors: [{ code: 'DENIED', message: evil }] });
      registry.faults.push({
        path: /\/v2\/./,
        status: 403,
        body,
        headers: { 'Content-Type': 'application/json', Warning: `299 - "${evil.replace(/[^ -~]/g, ' ')}"` },
      });
      const step = await scene.promote(`${registry.host}/dev/web:1`, `${production.host}/prod/web:denied`);
      expect(step).toMatchObject({ code: 1, outputs: { result: 'failed' } });
      expect(errorsOf(step).map(({ title }) => title)).toEqual(['DENIED']);
      expectTame(step);
    } finally {
      await registry.close();
    }
  }, 120_000);
});
