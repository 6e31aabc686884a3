import { readFile } from 'node:fs/promises';
import type { StepResult } from '../lab/runner.ts';
import { expectEnd, expectRefusal, runAction, type Stage, signWithCosign, verifyWithCosign } from './stage.ts';

const RECORD = 'https://promote-image.github.io/promotion/v1';
/** What is left of a log whose steps were shown before: what passed, what went wrong, the plan, the result. */
const VERDICTS = /^(?: *(?:[A-Z][a-z ]+: passed: |Scanned |Tagged |error )|Plan {4}|Result: )/;

/** What a run left for the pages that show it. */
export interface Told {
  readonly qa: StepResult;
  readonly plan: StepResult;
  readonly production: StepResult;
  readonly refused: StepResult;
  readonly verified: StepResult;
  /** The statement of the record in production, as it was signed. */
  readonly record: string;
}

/** An image on its way from the build through QA to production, the three that are stopped on theirs, and what anyone can tell of it in the end. */
export async function tellStory(stage: Stage, digests: readonly string[]): Promise<Told> {
  const { hosts, keys, say } = stage;
  const image = (place: keyof typeof hosts, tag: string): string => `${hosts[place]}/shop/web:${tag}`;

  say('\n1. The build signs what it pushed to dev, with stock cosign and a key of its own.');
  for (const digest of digests) await signWithCosign(stage, keys.build, `${hosts.dev}/shop/web@${digest}`);

  say('\n2. To QA: the signature of the build is demanded, every platform scanned; signed by QA, tagged last.');
  const toQa = { source: image('dev', '1.4.0'), target: image('qa', '1.4.0'), environment: 'qa' };
  const qa = await runAction(stage, { inputs: toQa, signer: keys.qa });
  expectEnd(qa, 'promoted');

  say('\n3. To production, planned: the signature, record and scan of QA are demanded; nothing is written.');
  const toProduction = { source: image('qa', '1.4.0'), target: image('production', '1.4.0') };
  const environment = 'production';
  const planInputs = { ...toProduction, environment, 'dry-run': 'true' };
  const plan = await runAction(stage, { inputs: planInputs, signer: keys.production, shows: VERDICTS });
  expectEnd(plan, 'planned');

  say('\n4. Somebody approved that plan: it is carried out, and nothing else. Every gate is run again.');
  const approved = { plan: plan.outputs.plan ?? '', 'plan-digest': plan.outputs['plan-digest'] ?? '', environment };
  const production = await runAction(stage, { inputs: approved, signer: keys.production, shows: VERDICTS });
  expectEnd(production, 'promoted');
  say(`   In production now: ${production.outputs.image}`);

  const refused = await showRefusals(stage, image);

  say('\n8. What runs in production, who let it in, from what, past which gates? From the registry alone:');
  const inputs = { images: image('production', '1.4.0'), environment };
  const verified = await runAction(stage, { action: 'verify', inputs });
  expectEnd(verified, 'verified');

  say('\n9. Stock cosign says the same, with nothing but the public key of production:');
  const { image: promoted = '' } = production.outputs;
  await verifyWithCosign(stage, keys.production, ['verify', '-a', `target=${image('production', '1.4.0')}`, promoted]);
  await verifyWithCosign(stage, keys.production, ['verify-attestation', '--type', RECORD, promoted]);
  say('   (--insecure-ignore-tlog: the policy signs without a public log, so there is no entry to look up.)');
  const record = await readFile(production.outputs.record ?? '', 'utf8');
  return { qa, plan, production, refused, verified, record };
}

/** What does not get through; the one with findings is returned. */
async function showRefusals(
  stage: Stage,
  image: (place: 'dev' | 'qa' | 'production', tag: string) => string,
): Promise<StepResult> {
  const { keys, say } = stage;
  const environment = 'production';

  say('\n5. An image that skipped QA is refused: the build signed it, but production asks for QA.');
  const skipping = { source: image('dev', '1.5.0'), target: image('production', '1.5.0'), environment };
  const skipped = await runAction(stage, { inputs: skipping, signer: keys.production, shows: VERDICTS });
  expectRefusal(skipped, 'ATTESTATION_MISSING');
  await skipped.remove();

  say('\n6. It does not get into QA either: its linux/arm64 has a vulnerable package.');
  const vulnerable = { source: image('dev', '1.5.0'), target: image('qa', '1.5.0'), environment: 'qa' };
  const refused = await runAction(stage, { inputs: vulnerable, signer: keys.qa, shows: VERDICTS });
  expectRefusal(refused, 'VULNERABLE');

  say('\n7. A second promotion to the same tag is refused: what was promoted never moves.');
  const again = { source: image('qa', '1.4.0'), target: image('production', '1.4.0'), environment };
  const exists = await runAction(stage, { inputs: again, signer: keys.production, shows: VERDICTS });
  expectRefusal(exists, 'TAG_EXISTS');
  await exists.remove();
  return refused;
}
