import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { formatPlan } from '../../src/plan/plan-text.ts';
import { PROMOTE_INPUTS } from '../../src/promote/inputs.ts';
import { readRequest } from '../../src/promote/request.ts';
import { SCAN_INPUTS } from '../../src/scan/inputs.ts';
import { VERIFY_INPUTS } from '../../src/verify/inputs.ts';
import { makeReadContext } from '../verify/fake-context.ts';
import { samplePlan } from '../verify/sample-plan.ts';

const SRC = join(import.meta.dirname, '../../src');
const ALL = { ...SCAN_INPUTS, ...VERIFY_INPUTS, ...PROMOTE_INPUTS };

/** What a runner hands over: the defaults of action.yml for all that the step does not say. */
function asRunner(step: Readonly<Record<string, string>>): Record<string, string> {
  const specs = Object.entries(PROMOTE_INPUTS as Readonly<Record<string, { readonly default?: string }>>);
  return { ...Object.fromEntries(specs.map(([name, spec]) => [name, spec.default ?? ''])), ...step };
}

describe('the defaults of action.yml, which a runner gives as if the user had', () => {
  it('are of no input of which it matters whether the user gave it', () => {
    const texts = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(join(SRC, path), 'utf8'));
    const asked = texts.flatMap((text) => [...text.matchAll(/isGiven\('([a-z-]+)'\)/g)].map(([, name = '']) => name));
    expect(asked.length).toBeGreaterThan(10);
    const withDefault = Object.entries(ALL).flatMap(([name, spec]) => ('default' in spec ? [name] : []));
    expect(asked.filter((name) => withDefault.includes(name))).toEqual([]);
  });

  it('leave a plan what it promises: a tag that has its digest already is done', async () => {
    const { text, digest } = formatPlan(samplePlan(['prod.test/app:1']));
    const step = { plan: 'plan.json', 'plan-digest': digest, 'cosign-key': 'env://COSIGN_PRIVATE_KEY' };
    const context = makeReadContext({ 'plan.json': text });
    const env = { COSIGN_PRIVATE_KEY: 'a key' };
    expect(await readRequest(asRunner(step), { ...context, env })).toMatchObject({ existingTag: 'accept-same-digest' });
  });
});
