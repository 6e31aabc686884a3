import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ExternalRegistry, startOlareg } from '../../lab/external-registry.ts';
import { pushImage } from '../../lab/image/push.ts';
import { run } from '../../lab/process.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { makeSigningKey } from '../../lab/signing-key.ts';
import { findTool } from '../../lab/tools.ts';
import { errorsOf, type Scene, setScene } from './fixture.ts';
import { makeImage, makeIndex } from './fixture-images.ts';
import { listEvidence, readStatement, verifyAttestation } from './fixture-target.ts';
import { attestationsOf, runScan, scanEndOf, scanPolicy, VULN_TYPE } from './scan-fixture.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const LOGIN = { username: 'qa', password: 'a login "of" QA' };
const ATTEST = { inputs: { attest: 'true' } };

let scene: Scene;
let registry: LabRegistry;
let closed: LabRegistry;
let olareg: ExternalRegistry;

beforeAll(async () => {
  [scene, registry, closed, olareg] = await Promise.all([
    setScene(),
    startRegistry({ referrersApi: false }),
    startRegistry({ auth: { kind: 'bearer', ...LOGIN } }),
    startOlareg(),
  ]);
  await pushImage(registry.host, 'dev/bad', '1', makeImage('vulnerable'));
  await pushImage(closed.host, 'dev/web', '1', makeImage('fixed'), LOGIN);
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), registry?.close(), closed?.close(), olareg?.stop()]);
});

/** An image that no other test scans; its name and digest. */
async function pushOwn(host: string, name: string): Promise<{ readonly reference: string; readonly digest: string }> {
  const image = makeImage('fixed', { labels: { name } });
  await pushImage(host, `dev/${name}`, '1', image);
  return { reference: `${host}/dev/${name}:1`, digest: image.root.digest };
}

describe('the action scan', () => {
  it('says that an image is clean, leaves reports, and writes nothing to its registry unless it is asked to', async () => {
    const { reference, digest } = await pushOwn(registry.host, 'plain');
    registry.log.clear();
    const step = await runScan(scene, [reference]);
    expect([...scanEndOf(step), errorsOf(step)]).toEqual([0, 'clean', [], []]);
    expect(registry.log.entries.filter(({ method }) => !['GET', 'HEAD'].includes(method))).toEqual([]);
    const report = JSON.parse(await readFile(step.outputs['scan-report'] ?? '', 'utf8'));
    expect(report).toMatchObject({ digest, from: 'image', platforms: [{ platform: 'linux/amd64', complete: true }] });
    const sarif = JSON.parse(await readFile(step.outputs.sarif ?? '', 'utf8'));
    expect(sarif.runs).toMatchObject([{ automationDetails: { id: `promote-image/${registry.host}/dev/plain/` } }]);
    expect(JSON.parse(step.outputs.vulnerabilities ?? '')).toMatchObject({ CRITICAL: 0 });
    expect(step.summary).toContain('No findings');
    await step.remove();
  }, 120_000);

  it('attaches what it found, so that stock cosign verifies it: digest, scanner, database, times, run', async () => {
    const { reference, digest } = await pushOwn(registry.host, 'attested');
    const before = Date.now();
    const step = await runScan(scene, [reference], ATTEST);
    expect([...scanEndOf(step), errorsOf(step)]).toEqual([0, 'clean', ['attached'], []]);
    const name = `${registry.host}/dev/attested`;
    const attested = await verifyAttestation(`${name}@${digest}`, scene.key.publicKey, VULN_TYPE);
    expect(attested.code).toBe(0);
    const { subject, predicate } = readStatement(attested.stdout);
    expect(subject).toEqual([{ name, digest: { sha256: digest.slice('sha256:'.length) } }]);
    const database = scene.databases.digestOf('mirror/trivy-db', '2');
    expect(predicate).toMatchObject({
      invocation: { event_id: '4711', parameters: expect.arrayContaining(['severity=CRITICAL', 'from=image']) },
      scanner: {
        uri: expect.stringMatching(/^pkg:github\/aquasecurity\/trivy@\d/),
        db: { uri: `oci://${scene.databases.host}/mirror/trivy-db@${database}` },
      },
    });
    const { scanFinishedOn } = (predicate as { metadata: { scanFinishedOn: string } }).metadata;
    expect(Date.parse(scanFinishedOn)).toBeGreaterThanOrEqual(before);
    const [entry] = attestationsOf(step.outputs);
    expect(entry).toMatchObject({ image: reference, digest, predicateType: VULN_TYPE });
    expect(registry.hasManifest('dev/attested', entry?.manifest ?? '')).toBe(true);
    expect(step.summary).toContain('cosign verify-attestation');
    await step.remove();
  }, 120_000);

  it('leaves it at one by the same signer with the same scanner and database, and adds that of another signer', async () => {
    const { reference, digest } = await pushOwn(registry.host, 'again');
    const stranger = await makeSigningKey();
    const scan = async (env: Record<string, string> = {}) => {
      const step = await runScan(scene, [reference], { ...ATTEST, env });
      await step.remove();
      return [step, await listEvidence(registry.host, 'dev/again', digest)] as const;
    };
    const [first] = await scan();
    const [second, once] = await scan();
    expect([scanEndOf(first), scanEndOf(second), once]).toEqual([
      [0, 'clean', ['attached']],
      [0, 'clean', ['unchanged']],
      [VULN_TYPE],
    ]);
    expect(attestationsOf(second.outputs)).toEqual(
      attestationsOf(first.outputs).map((entry) => ({ ...entry, result: 'unchanged' })),
    );
    const [other, twice] = await scan({
      COSIGN_PRIVATE_KEY: stranger.privateKey,
      COSIGN_PASSWORD: stranger.password,
    });
    expect([scanEndOf(other), twice]).toEqual([
      [0, 'clean', ['attached']],
      [VULN_TYPE, VULN_TYPE],
    ]);
    expect(scanEndOf((await scan())[0])).toEqual([0, 'clean', ['unchanged']]);
  }, 120_000);

  it('attests an index as a whole, where the registry lists referrers itself', async () => {
    const index = makeIndex('fixed');
    await pushImage(olareg.host, 'dev/index', '1', index);
    const step = await runScan(scene, [`${olareg.host}/dev/index@${index.root.digest}`], ATTEST);
    expect(scanEndOf(step)).toEqual([0, 'clean', ['attached']]);
    const name = `${olareg.host}/dev/index:1`;
    const { code, stdout } = await verifyAttestation(name, scene.key.publicKey, VULN_TYPE);
    const targets = (readStatement(stdout).predicate as { scanner: { result: { Results: { Target: string }[] } } })
      .scanner.result.Results;
    expect([code, targets.map(({ Target }) => Target.split(' ')[0])]).toEqual([0, ['linux/amd64', 'linux/arm64']]);
    await step.remove();
  }, 120_000);

  it('attests nothing that it refuses', async () => {
    const bad = makeImage('vulnerable').root.digest;
    const step = await runScan(scene, [`${registry.host}/dev/bad:1`], ATTEST);
    expect([...scanEndOf(step), errorsOf(step).map(({ title }) => title)]).toEqual([3, 'refused', [], ['VULNERABLE']]);
    expect(await listEvidence(registry.host, 'dev/bad', bad)).toEqual([]);
    expect(JSON.parse(step.outputs.vulnerabilities ?? '')).toMatchObject({ CRITICAL: 1 });
    await step.remove();
    const policy = { scan: { mode: 'report' } };
    const reported = await runScan(scene, [`${registry.host}/dev/bad:1`], { ...ATTEST, policy });
    expect(scanEndOf(reported)).toEqual([0, 'clean', []]);
    expect(reported.summary).toContain('Nothing was attested');
    expect(await listEvidence(registry.host, 'dev/bad', bad)).toEqual([]);
    await reported.remove();
  }, 120_000);

  it('goes on with the others when one is refused or cannot be scanned, and tells all of it', async () => {
    const { reference, digest } = await pushOwn(registry.host, 'last');
    const [bad, absent] = [`${registry.host}/dev/bad:1`, `${registry.host}/dev/absent:1`];
    const step = await runScan(scene, [bad, absent, reference], ATTEST);
    expect(scanEndOf(step)).toEqual([1, 'failed', ['attached']]);
    expect(errorsOf(step).map(({ title, message }) => [title, message.split(': ')[0]])).toEqual([
      ['VULNERABLE', bad],
      ['NOT_FOUND', absent],
    ]);
    expect(await listEvidence(registry.host, 'dev/last', digest)).toEqual([VULN_TYPE]);
    expect(step.outputs['scan-report']?.split('\n')).toHaveLength(2);
    const sarif = JSON.parse(await readFile(step.outputs.sarif ?? '', 'utf8')) as { runs: { results: unknown[] }[] };
    expect(sarif.runs.map(({ results }) => results.length)).toEqual([1, 0]);
    for (const name of [bad, absent, reference]) expect(step.summary).toContain(name);
    await step.remove();
  }, 120_000);

  it('needs the right to push to the repository of the image, and finds that out before it scans', async () => {
    const reference = `${closed.host}/dev/web:1`;
    const auth = { 'registry-auth': JSON.stringify([{ registry: closed.host, ...LOGIN }]) };
    closed.faults.push({ method: 'POST', path: /dev\/web\/blobs\/uploads/, status: 403, times: 1 });
    const denied = await runScan(scene, [reference], { inputs: { attest: 'true', ...auth } });
    expect([...scanEndOf(denied), errorsOf(denied)[0]?.title]).toEqual([1, 'failed', [], 'DENIED']);
    const step = await runScan(scene, [reference], { inputs: { attest: 'true', ...auth } });
    expect(scanEndOf(step)).toEqual([0, 'clean', ['attached']]);
    expect(step.log.replace(/^::add-mask::.*$/gm, '') + step.summary).not.toContain(LOGIN.password);
    await Promise.all([denied.remove(), step.remove()]);
  }, 120_000);

  it.each<{ what: string; inputs: Record<string, string>; event?: string; where: RegExp }>([
    { what: 'nothing to scan', inputs: { images: '# none' }, where: /^input images: holds only comments/ },
    { what: 'a name without tag', inputs: { images: 'dev.test/app' }, where: /^input images: .*neither a tag/ },
    { what: 'an unknown input', inputs: { image: 'x' }, where: /^input image: .*Did you mean images/s },
    { what: 'no key and no token', inputs: { attest: 'true', 'cosign-key': '' }, where: /attest: false/ },
    { what: 'evidence by a pull request', inputs: ATTEST.inputs, event: 'pull_request_target', where: /^input attest/ },
  ])('ends with 2 on wrong use: $what', async ({ inputs, event, where }) => {
    // On a pull request the policy of the work tree is none; one in place is the workflow's own word.
    const step = await runScan(scene, ['dev.test/app:1'], { inputs, ...(event === undefined ? {} : { event }) });
    expect(scanEndOf(step)).toEqual([2, 'failed', []]);
    expect(errorsOf(step).map(({ message }) => message)).toEqual([expect.stringMatching(where)]);
    await step.remove();
  });

  it('runs from the command line with the same inputs and exit codes', async () => {
    const flags = ['--policy', scanPolicy(scene), '--trivy', findTool('trivy'), '--json'];
    const images = ['--images', `${registry.host}/dev/bad:1`, '--images', `${registry.host}/dev/absent:1`];
    const env = { PATH: process.env.PATH ?? '', HOME: await scene.makeDirectory() };
    const cli = (...args: string[]) => run(process.execPath, [CLI, 'scan', ...args], { env });
    const [refused, failed] = await Promise.all([cli(...flags, ...images.slice(0, 2)), cli(...flags, ...images)]);
    expect([refused.code, (JSON.parse(refused.stdout) as { result: string }).result]).toEqual([3, 'refused']);
    expect([failed.code, (JSON.parse(failed.stdout) as { result: string }).result]).toEqual([1, 'failed']);
    expect(refused.stderr).toMatch(/^VULNERABLE: /m);
  }, 120_000);
});
