import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { PROMOTE_INPUTS, PROMOTE_OUTPUTS } from '../../src/promote/inputs.ts';
import { readPageBlocks } from '../e2e/docs-page.ts';
import { readAny } from './sample-batch.ts';

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly uses?: string; readonly with?: object }[] }>
  >;
}

const blocks = readPageBlocks('batch.md');
const textOf = (kind: string): string => blocks.find((block) => block.kind === kind)?.text ?? '';

describe('the page about batches', () => {
  it('has a promotions file that the action takes', async () => {
    expect(await readAny(textOf('file'))).toMatchObject({ total: 3 });
  });

  it('has a workflow with inputs and outputs that there are', () => {
    const workflow = parse(textOf('workflow')) as Workflow;
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    const ours = steps.filter(({ uses }) => uses?.startsWith('OWNER/'));
    const inputs = ours.flatMap((step) => Object.keys(step.with ?? {}));
    expect(inputs).toContain('promotions');
    expect(inputs.filter((name) => !(name in PROMOTE_INPUTS))).toEqual([]);
    const outputs = [...textOf('workflow').matchAll(/steps\.promote\.outputs\.([\w-]+)/g)].map(([, name = '']) => name);
    expect(outputs.filter((name) => !(name in PROMOTE_OUTPUTS))).toEqual([]);
    expect(outputs).not.toEqual([]);
  });
});
