import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { FieldReader } from '../../src/base/fields.ts';
import { checkPromotions } from '../../src/batch/check-promotions.ts';
import { PROMOTE_INPUTS } from '../../src/promote/inputs.ts';
import { readPromotionsFile } from '../../src/promote/promotions-file.ts';
import { mutate, RUNS_PER_PROPERTY } from '../property-runs.ts';
import { makeContext } from './fake-step.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const promotion = fc.record(
  {
    source: name.map((text) => `dev.test/${text}:1`),
    target: fc.oneof(
      name.map((text) => `prod.test/${text}:1`),
      fc.array(
        name.map((text) => `prod.test/${text}:2`),
        { minLength: 1, maxLength: 3 },
      ),
    ),
    scan: fc.constantFrom('enforce', 'report', 'off'),
  },
  { requiredKeys: ['source', 'target'] },
);
const document = fc.record({
  version: fc.constant(1),
  promotions: fc.array(promotion, { minLength: 1, maxLength: 5 }),
});

async function read(text: string) {
  const fields = new FieldReader({ promotions: 'p.yml' }, PROMOTE_INPUTS);
  const promotions = await readPromotionsFile(fields, makeContext({ files: { 'p.yml': text } }).files);
  return { promotions, problems: fields.problems };
}

describe('a promotions file', () => {
  it('says the same as YAML and as JSON', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (value) => {
        const [yaml, json] = [await read(stringify(value)), await read(JSON.stringify(value))];
        expect(yaml).toEqual(json);
        expect(yaml.problems).toEqual([]);
        expect(yaml.promotions).toHaveLength(value.promotions.length);
      }),
      { numRuns: RUNS_PER_PROPERTY },
    );
  });

  it('that was damaged is read, or is a problem that is told: nothing is lost in silence', async () => {
    const damaged = fc.oneof(
      mutate(document.map((value) => stringify(value))),
      mutate(document.map((value) => JSON.stringify(value))),
    );
    await fc.assert(
      fc.asyncProperty(damaged, async (text) => {
        const { promotions, problems } = await read(text);
        if (promotions === undefined || promotions.includes(undefined)) expect(problems).not.toEqual([]);
        const told: string[] = [];
        const checked = checkPromotions(promotions ?? [], (message) => void told.push(message));
        if (problems.length + told.length === 0) expect(checked).toHaveLength(promotions?.length ?? 0);
      }),
      { numRuns: RUNS_PER_PROPERTY },
    );
  });
});
