import { parseArgs } from 'node:util';
import { type Scene, setScene } from '../__tests__/e2e/fixture.ts';
import { makeIndex } from '../__tests__/e2e/fixture-images.ts';
import { findMissing, listEvidence } from '../__tests__/e2e/fixture-target.ts';
import { startOlareg } from '../lab/external-registry.ts';
import { pushImage } from '../lab/image/push.ts';
import { startUnsteadyProxy } from '../lab/unsteady-proxy.ts';
import { watchMemory } from './soak-memory.ts';

/**
 * `npm run soak -- [--minutes 10] [--share 0.03] [--rate-limit 200]`: promotes image after image with the real tools
 * between two olareg registries that limit their rate, through proxies that spoil a share of all requests. Every target
 * is looked at from outside after each promotion; ends with figures, and with 1 when anything was lost or half-visible.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    share: { type: 'string', default: '0.03' },
    'rate-limit': { type: 'string', default: '200' },
  },
});
const share = Number(values.share);
const args = ['--rate-limit', values['rate-limit']];

const scene = await setScene();
const registries = await Promise.all([startOlareg({ args }), startOlareg({ args })]);
const [staging, production] = registries;
const proxies = await Promise.all(registries.map(({ host }) => startUnsteadyProxy(host, { share })));
const [from = '', to = ''] = proxies.map(({ host }) => host);
const figures = { promotions: 0, promoted: 0, again: 0, failed: 0, lost: 0, retries: 0, waits: 0, megabytes: 0 };
const started = Date.now();
const end = started + Number(values.minutes) * 60_000;
try {
  for (let round = 1; Date.now() < end; round++) await promoteOne(round, scene);
} finally {
  await Promise.all([...proxies.map((proxy) => proxy.close()), ...registries.map((registry) => registry.stop())]);
  await scene.close();
}
report();
process.exitCode = figures.lost === 0 ? 0 : 1;

/** Promotes an image that is like no other before, and again when the first run was stopped by what the proxies did. */
async function promoteOne(round: number, { promote }: Scene): Promise<void> {
  const image = makeIndex('fixed', { attestations: round % 2 === 0, annotations: { round: `${round}` } });
  await pushImage(staging.host, 'dev/web', `${round}`, image);
  for (let attempt = 1; ; attempt++) {
    figures.promotions++;
    const memory = { peak: 0 };
    const step = await promote(`${from}/dev/web:${round}`, `${to}/prod/web:${round}`, {
      inputs: { 'existing-tag': attempt === 1 ? 'refuse' : 'accept-same-digest' },
      onStart: (pid) => watchMemory(pid, memory),
    });
    await step.remove();
    figures.megabytes = Math.max(figures.megabytes, memory.peak);
    figures.retries += step.log.match(/; again in /g)?.length ?? 0;
    figures.waits += step.log.match(/status 429; again in /g)?.length ?? 0;
    const isTagged = await hasTag(`${round}`);
    const missing = isTagged ? await findMissing(production.host, 'prod/web', image) : [];
    const evidence = isTagged ? await listEvidence(production.host, 'prod/web', image.root.digest) : [];
    const isWhole = isTagged && missing.length === 0 && evidence.length >= 4;
    if (isTagged !== isWhole || (step.code === 0 && !isWhole)) {
      figures.lost++;
      console.log(`round ${round}: LOST: ${JSON.stringify({ code: step.code, isTagged, missing, evidence })}`);
    }
    if (step.code === 0) {
      figures[attempt === 1 ? 'promoted' : 'again']++;
      return;
    }
    figures.failed++;
    console.log(`round ${round}, attempt ${attempt}: ${/::error[^\n]*/.exec(step.log)?.[0].slice(0, 300)}`);
    if (attempt === 5) throw new Error(`round ${round} failed five times in a row: this is no bad luck`);
  }
}

async function hasTag(tag: string): Promise<boolean> {
  const answer = await fetch(`http://${production.host}/v2/prod/web/manifests/${tag}`, {
    headers: { Accept: 'application/vnd.oci.image.index.v1+json' },
  });
  await answer.arrayBuffer();
  return answer.status === 200;
}

function report(): void {
  const minutes = (Date.now() - started) / 60_000;
  const mishaps = [
    ...Map.groupBy(
      proxies.flatMap(({ met }) => [...met]),
      ([name]) => name,
    ),
  ].map(([name, entries]) => `${name} ${entries.reduce((sum, [, count]) => sum + count, 0)}`);
  console.log(
    `${minutes.toFixed(1)} minutes, ${figures.promotions} promotions, ${(figures.promotions / minutes).toFixed(1)} a minute`,
  );
  console.log(`promoted at once ${figures.promoted}, by another run ${figures.again}, failed runs ${figures.failed}`);
  console.log(`retries ${figures.retries}, of them after 429 ${figures.waits}; peak memory ${figures.megabytes} MB`);
  console.log(`requests by what came to them: ${mishaps.join(', ')}`);
  console.log(`lost or half-visible: ${figures.lost}`);
}
