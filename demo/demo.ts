import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { buildDatabase, pushDatabase } from '../lab/database/database.ts';
import { pushImage } from '../lab/image/push.ts';
import { renderPage } from '../lab/page.ts';
import { run } from '../lab/process.ts';
import { startRegistry } from '../lab/registry/server.ts';
import { runStep, type StepResult } from '../lab/runner.ts';
import { makeSigningKey, type SigningKey } from '../lab/signing-key.ts';
import { findTool, toolsDirectory } from '../lab/tools.ts';
import { provideTools } from '../scripts/tools/provide.ts';
import { LogView } from './log-view.ts';
import { buildSample } from './sample-images.ts';

const OUT = resolve(import.meta.dirname, 'out');
const RECORD = 'https://promote-image.github.io/promotion/v1';
const INTERRUPTED = 130;

interface Stage {
  readonly staging: string;
  readonly production: string;
  readonly key: SigningKey;
  readonly view: LogView;
  readonly signal: AbortSignal;
}

/** The main job, on this machine alone: two registries, a clean and a vulnerable image, a real scan and a real signature. */
async function main(signal: AbortSignal): Promise<void> {
  const startedAt = Date.now();
  await provideTools(['trivy', 'cosign'], {
    directory: toolsDirectory(),
    env: process.env,
    signal,
    say: (line) => console.error(`tools: ${line}`),
  });
  const staging = await startRegistry();
  const production = await startRegistry({ referrersApi: false });
  try {
    await pushDatabase(staging.host, 'mirror/trivy-db', '2', buildDatabase());
    await pushImage(staging.host, 'shop/web', '1.4.0', buildSample('fixed'));
    await pushImage(staging.host, 'shop/web', '1.5.0', buildSample('vulnerable'));
    say(`Two registries run here: staging is ${staging.host}, production is ${production.host}.`);
    const key = await makeSigningKey();
    await showPromotions({ staging: staging.host, production: production.host, key, view: new LogView(), signal });
  } finally {
    await Promise.all([staging.close(), production.close()]);
  }
  say(
    `\nDone in ${formatSeconds(startedAt)}. Registries, images, keys and work folders are gone; the pages and the tools stay.`,
  );
}

async function showPromotions(stage: Stage): Promise<void> {
  say('\n1. A clean image is promoted: both platforms scanned, copied by digest, signed, tagged last.');
  const promoted = await promote(stage, '1.4.0');
  expect(promoted, 'promoted', 0);
  say(`   In production now: ${promoted.outputs.image}`);

  say('\n2. A vulnerable image is refused, although only its linux/arm64 has the vulnerable package.');
  const refused = await promote(stage, '1.5.0');
  expectRefusal(refused, 'VULNERABLE');

  say('\n3. A second promotion to the same tag is refused: a tag that was promoted never moves.');
  expectRefusal(await promote(stage, '1.4.0'), 'TAG_EXISTS');

  say('\n4. Stock cosign verifies what is in production, with nothing but the public key:');
  await verifyWithCosign(stage, promoted.outputs.image ?? '');

  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const pages = { 'summary.html': promoted, 'refused.html': refused };
  for (const [name, { summary }] of Object.entries(pages)) {
    await writeFile(join(OUT, name), renderPage(summary, 'Job summary, as GitHub shows it'));
  }
  const folder = relative(process.cwd(), OUT);
  say(
    `\n5. What approvers see of the first two: open ${join(folder, 'summary.html')} and ${join(folder, 'refused.html')} in a browser.`,
  );
}

/** Runs the bundled action exactly as a runner would: inputs, key and password in the environment, files for outputs and summary. */
async function promote({ staging, production, key, view, signal }: Stage, tag: string): Promise<StepResult> {
  const startedAt = Date.now();
  const result = await runStep({
    inputs: {
      source: `${staging}/shop/web:${tag}`,
      target: `${production}/shop/web:${tag}`,
      'cosign-key': 'env://COSIGN_PRIVATE_KEY',
      trivy: findTool('trivy'),
      cosign: findTool('cosign'),
      policy: [
        'version: 1',
        'scan:',
        '  severity: [CRITICAL, HIGH]',
        `  databases: ['${staging}/mirror/trivy-db:2']`,
        'signature: { transparencyLog: false }',
      ].join('\n'),
    },
    env: { COSIGN_PRIVATE_KEY: key.privateKey, COSIGN_PASSWORD: key.password },
    onLog: (text) => {
      for (const line of view.push(text)) say(`   | ${line}`);
    },
    signal,
  });
  await result.remove();
  say(
    `   It ended as "${result.outputs.result ?? 'crashed'}" (exit code ${result.code}) after ${formatSeconds(startedAt)}.`,
  );
  return result;
}

function expect(result: StepResult, wanted: string, code: number): void {
  if (result.outputs.result === wanted && result.code === code) return;
  throw new Error(
    `the promotion ended as ${result.outputs.result ?? 'crashed'} (exit ${result.code}), not as ${wanted}`,
  );
}

function expectRefusal(result: StepResult, code: string): void {
  expect(result, 'refused', 3);
  const codes = (JSON.parse(result.outputs.refusals ?? '[]') as { code: string }[]).map((refusal) => refusal.code);
  if (!codes.includes(code)) throw new Error(`it was refused with ${codes.join(', ')}, not with ${code}`);
}

async function verifyWithCosign({ key, signal }: Stage, image: string): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-demo-'));
  try {
    await writeFile(join(directory, 'cosign.pub'), key.publicKey);
    for (const verb of [['verify'], ['verify-attestation', '--type', RECORD]]) {
      const args = [...verb, '--key', 'cosign.pub', '--insecure-ignore-tlog=true', image];
      const env = { HOME: directory, PATH: process.env.PATH };
      const { code, stderr } = await run(findTool('cosign'), args, { cwd: directory, env, signal });
      if (code !== 0) throw new Error(`cosign ${verb[0]} ended with ${code}: ${stderr}`);
      say(`   $ cosign ${args.join(' ')}\n   accepted`);
    }
    say('   (--insecure-ignore-tlog: the policy signs without a public log, so there is no entry to look up.)');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function formatSeconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

function say(text: string): void {
  console.log(text);
}

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
try {
  await main(stop.signal);
} catch (error) {
  if (stop.signal.aborted) console.error('\nInterrupted: registries, images, keys and work folders are gone.');
  else console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = stop.signal.aborted ? INTERRUPTED : 1;
}
