import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { buildDatabase, pushDatabase } from '../lab/database/database.ts';
import { pushImage } from '../lab/image/push.ts';
import { renderPage } from '../lab/page.ts';
import { startRegistry } from '../lab/registry/server.ts';
import { makeSigningKey } from '../lab/signing-key.ts';
import { toolsDirectory } from '../lab/tools.ts';
import { provideTools } from '../scripts/tools/provide.ts';
import { renderChainPage } from './chain-page.ts';
import { writePolicy } from './policy.ts';
import { buildSample } from './sample-images.ts';
import { formatSeconds, type Stage } from './stage.ts';
import { type Told, tellStory } from './story.ts';

const OUT = resolve(import.meta.dirname, 'out');
const CHAIN_PAGE = resolve(import.meta.dirname, '../docs/chain.md');
const INTERRUPTED = 130;

/** The way from a build through QA to production, on this machine alone: three registries, a clean and a vulnerable image, real scans and real signatures. With `--write-chain`, what came of it becomes docs/chain.md. */
async function main(signal: AbortSignal): Promise<void> {
  const startedAt = Date.now();
  await provideTools(['trivy', 'cosign'], {
    directory: toolsDirectory(),
    env: process.env,
    signal,
    say: (line) => console.error(`tools: ${line}`),
  });
  const started = [startRegistry(), startRegistry(), startRegistry({ referrersApi: false })] as const;
  const [dev, qa, production] = await Promise.all(started);
  try {
    await pushDatabase(dev.host, 'mirror/trivy-db', '2', buildDatabase());
    const digests = [
      await pushImage(dev.host, 'shop/web', '1.4.0', buildSample('fixed')),
      await pushImage(dev.host, 'shop/web', '1.5.0', buildSample('vulnerable')),
    ];
    const hosts = { dev: dev.host, qa: qa.host, production: production.host };
    say(`Three registries run here: dev is ${hosts.dev}, qa is ${hosts.qa}, production is ${hosts.production}.`);
    say(`\nWhat must hold stands in the policy:\n\n${indent(writePolicy(hosts))}`);
    const [build, ofQa, ofProduction] = await Promise.all([makeSigningKey(), makeSigningKey(), makeSigningKey()]);
    const keys = { build, qa: ofQa, production: ofProduction };
    const stage: Stage = { hosts, keys, signal, say };
    const told = await tellStory(stage, digests);
    await writePages(stage, told);
    for (const step of [told.qa, told.plan, told.production, told.refused, told.verified]) await step.remove();
  } finally {
    await Promise.all([dev.close(), qa.close(), production.close()]);
  }
  say(
    `\nDone in ${formatSeconds(startedAt)}. Registries, images, keys and work folders are gone; the pages and the tools stay.`,
  );
}

async function writePages(stage: Stage, told: Told): Promise<void> {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const pages = {
    'plan.html': told.plan,
    'summary.html': told.production,
    'refused.html': told.refused,
    'chain.html': told.verified,
  };
  for (const [name, { summary }] of Object.entries(pages)) {
    await writeFile(join(OUT, name), renderPage(summary, 'Job summary, as GitHub shows it'));
  }
  const paths = Object.keys(pages).map((name) => join(relative(process.cwd(), OUT), name));
  stage.say(
    `\n10. The job summaries, for a browser: the plan to approve, the promotion, a refusal and the chain.\n   ${paths.join('\n   ')}`,
  );
  if (!process.argv.includes('--write-chain')) return;
  await writeFile(CHAIN_PAGE, renderChainPage(told, writePolicy(stage.hosts)));
  stage.say(`   The chain is told in ${relative(process.cwd(), CHAIN_PAGE)}.`);
}

function indent(text: string): string {
  return text.trimEnd().replace(/^(?=.)/gm, '   ');
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
