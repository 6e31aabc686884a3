import '../scripts/tools/require-node.mjs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pickPackage } from '../lab/database/advisories.ts';
import { buildDatabase, pushDatabase } from '../lab/database/database.ts';
import { buildIndex } from '../lab/image/build-index.ts';
import { buildImage, type ImageOptions } from '../lab/image/image.ts';
import { pushImage } from '../lab/image/push.ts';
import { renderPage } from '../lab/page.ts';
import { run } from '../lab/process.ts';
import { startRegistry } from '../lab/registry/server.ts';
import { runStep, type StepResult } from '../lab/runner.ts';
import { makeSigningKey, type SigningKey } from '../lab/signing-key.ts';
import { findTool, toolsDirectory } from '../lab/tools.ts';
import { provideTools } from '../scripts/tools/provide.ts';

const OUT = resolve(import.meta.dirname, 'out');
const RECORD = 'https://promote-image.github.io/promotion/v1';

/** The main job, on this machine alone: two registries, a clean and a vulnerable image, a real scan and a real signature. */
async function main(): Promise<void> {
  const startedAt = Date.now();
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  await provideTools(['trivy', 'cosign'], {
    directory: toolsDirectory(),
    env: process.env,
    signal: stop.signal,
    say: (line) => console.error(`tools: ${line}`),
  });
  const staging = await startRegistry();
  const production = await startRegistry({ referrersApi: false });
  try {
    await pushDatabase(staging.host, 'mirror/trivy-db', '2', buildDatabase());
    await pushImage(staging.host, 'shop/web', '1.4.0', sampleImage('fixed'));
    await pushImage(staging.host, 'shop/web', '1.5.0', sampleImage('vulnerable'));
    const key = await makeSigningKey();
    await showPromotions({ staging: staging.host, production: production.host, key });
  } finally {
    await Promise.all([staging.close(), production.close()]);
  }
  say(`Done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s. Both registries are stopped; nothing else was left on this machine.`);
}

interface Stage {
  readonly staging: string;
  readonly production: string;
  readonly key: SigningKey;
}

async function showPromotions(stage: Stage): Promise<void> {
  say('1. The clean image is promoted: scanned on both platforms, copied by digest, signed, tagged last.');
  const promoted = await promote(stage, '1.4.0');
  expect(promoted, 'promoted', 0);
  say(`   ${promoted.outputs.image}`);

  say('2. The vulnerable image is refused: only linux/arm64 has the vulnerable package.');
  expectRefusal(await promote(stage, '1.5.0'), 'VULNERABLE');

  say('3. A second promotion to the same tag is refused: tags do not move.');
  expectRefusal(await promote(stage, '1.4.0'), 'TAG_EXISTS');

  say('4. Stock cosign verifies what is in production, knowing nothing but the public key:');
  await verifyWithCosign(stage, promoted.outputs.image ?? '');

  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const page = join(OUT, 'summary.html');
  await writeFile(page, renderPage(promoted.summary, 'Job summary of the promotion'));
  await writeFile(join(OUT, 'refused.html'), renderPage((await lastRefusal()).summary, 'Job summary of the refusal'));
  say(`5. The job summaries, as GitHub shows them: ${relative(process.cwd(), page)} and refused.html beside it. Open them in a browser.`);
}

let refused: StepResult | undefined;

async function lastRefusal(): Promise<StepResult> {
  if (refused === undefined) throw new Error('nothing was refused');
  return refused;
}

/** Runs the bundled action exactly as a runner would: inputs, key and password in the environment, files for outputs and summary. */
async function promote(stage: Stage, tag: string): Promise<StepResult> {
  const result = await runStep({
    inputs: {
      source: `${stage.staging}/shop/web:${tag}`,
      target: `${stage.production}/shop/web:${tag}`,
      'cosign-key': 'env://COSIGN_PRIVATE_KEY',
      trivy: findTool('trivy'),
      cosign: findTool('cosign'),
      policy: [
        'version: 1',
        'scan:',
        '  severity: [CRITICAL, HIGH]',
        `  databases: ['${stage.staging}/mirror/trivy-db:2']`,
        'signature: { transparencyLog: false }',
      ].join('\n'),
    },
    env: { COSIGN_PRIVATE_KEY: stage.key.privateKey, COSIGN_PASSWORD: stage.key.password },
    onLog: (text) => process.stdout.write(indent(text)),
  });
  await result.remove();
  return result;
}

function expect(result: StepResult, wanted: string, code: number): void {
  if (result.outputs.result === wanted && result.code === code) return;
  throw new Error(`the promotion ended as ${result.outputs.result} (exit ${result.code}), not as ${wanted}`);
}

function expectRefusal(result: StepResult, code: string): void {
  expect(result, 'refused', 3);
  const codes = (JSON.parse(result.outputs.refusals ?? '[]') as { code: string }[]).map((refusal) => refusal.code);
  if (!codes.includes(code)) throw new Error(`it was refused with ${codes.join(', ')}, not with ${code}`);
  say(`   Refused with ${codes.join(', ')}, as it must be.`);
  if (code === 'VULNERABLE') refused = result;
}

async function verifyWithCosign({ key }: Stage, image: string): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-demo-'));
  try {
    await writeFile(join(directory, 'cosign.pub'), key.publicKey);
    for (const verb of [['verify'], ['verify-attestation', '--type', RECORD]]) {
      const args = [...verb, '--key', 'cosign.pub', '--insecure-ignore-tlog=true', image];
      say(`   $ cosign ${args.join(' ')}`);
      const env = { HOME: directory, PATH: process.env.PATH };
      const { code, stderr } = await run(findTool('cosign'), args, { cwd: directory, env });
      if (code !== 0) throw new Error(`cosign ${verb[0]} ended with ${code}: ${stderr}`);
      say('   Accepted.');
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A multi-arch image; `vulnerable` makes one platform of it so. */
function sampleImage(state: 'fixed' | 'vulnerable'): ReturnType<typeof buildIndex> {
  const platform = (architecture: string, options: ImageOptions): ReturnType<typeof buildImage> =>
    buildImage({
      platform: { os: 'linux', architecture },
      labels: { 'org.opencontainers.image.revision': '0123456789abcdef0123456789abcdef01234567' },
      layers: [{ randomBytes: 2_000_000, seed: architecture.length }],
      ...options,
    });
  return buildIndex(
    [
      platform('amd64', { distribution: 'debian 12', packages: [pickSample('fixed')] }),
      platform('arm64', { distribution: 'debian 12', packages: [pickSample(state)] }),
    ],
    { attestations: true },
  );
}

function pickSample(state: 'fixed' | 'vulnerable'): { readonly name: string; readonly version: string } {
  return pickPackage('libcritical', 'debian 12', state);
}

function say(line: string): void {
  console.log(line);
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '     | ');
}

await main();
