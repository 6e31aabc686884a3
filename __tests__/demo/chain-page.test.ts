import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { renderChainPage } from '../../demo/chain-page.ts';
import type { Told } from '../../demo/story.ts';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { recordSchema } from '../../src/chain/record-schema.ts';
import { mergePolicies } from '../../src/policy/merge.ts';
import { parsePolicy } from '../../src/policy/parse.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/chain.md'), 'utf8');
const ANSWER = '✓ host/shop/web:1 verified\n  digest    sha256:1\n  before    host/shop/qa';
const DIAGRAM = 'flowchart LR\n  a --> b';

/** As much of a step as the page is made from. */
function step(part: Partial<Told['plan']>): Told['plan'] {
  return {
    ...{ code: 0, log: '', outputs: {}, summary: '', temporary: '', workspace: '' },
    remove: async () => undefined,
    ...part,
  };
}

function tell(content: string, log = `::group::Prepare\n::endgroup::\n${ANSWER}\nResult: verified\n`): Told {
  return {
    ...{ qa: step({}), production: step({}), refused: step({}) },
    plan: step({ outputs: { 'plan-digest': `sha256:${'1'.repeat(64)}` } }),
    verified: step({ log, summary: `## Verified\n\n\`\`\`mermaid\n${DIAGRAM}\n\`\`\`\n` }),
    record: JSON.stringify({ predicate: { inputAttestations: [{ content }] } }),
  };
}

function blocks(text: string): Record<string, string> {
  const found = text.matchAll(/^```(\w+)\n([\s\S]*?)\n```$/gm);
  return Object.fromEntries(Array.from(found, ([, language = '', body = '']) => [language, body]));
}

/** What stands around the blocks, without what differs from run to run. */
function proseOf(text: string): string {
  return text.replace(/^```\w+\n[\s\S]*?\n```$/gm, '```').replace(/sha256:[a-f0-9]{64}/g, 'sha256:…');
}

describe('the page of a chain', () => {
  it('holds the policy, the answer without the log around it, the picture and the record', () => {
    expect(blocks(renderChainPage(tell('abc'), 'version: 1\n'))).toEqual({
      ...{ yaml: 'version: 1', text: ANSWER, mermaid: DIAGRAM },
      json: expect.stringContaining('"predicate": {'),
    });
  });

  it('cuts the records that travel inside', () => {
    const text = renderChainPage(tell('x'.repeat(5000)), '');
    expect(text).toContain(`${'x'.repeat(60)}… (5000 characters)`);
    expect(text).not.toContain('x'.repeat(61));
  });

  it('is not made from a run that gave no answer', () => {
    expect(() => renderChainPage(tell('', 'Result: failed\n'), '')).toThrow('has no answer');
  });
});

describe('docs/chain.md', () => {
  it('is the page of a run, written by the demo as it is now', () => {
    expect(proseOf(page)).toBe(proseOf(renderChainPage(tell(''), '')));
  });

  it('shows a policy that is accepted and enforced', () => {
    const { policy, problems } = parsePolicy(blocks(page).yaml ?? '', 'chain.md');
    expect(problems).toEqual([]);
    if (policy === undefined) throw new Error('there is no policy');
    expect(mergePolicies([{ name: 'chain.md', policy }], 'production').problems).toEqual([]);
  });

  it('shows a record of the current form, that carries the one of QA, and an answer that tells the same', () => {
    const statement = JSON.parse(blocks(page).json ?? '') as { predicateType: string; predicate: unknown };
    expect(statement.predicateType).toBe(RECORD_PREDICATE);
    const record = recordSchema.parse(statement.predicate);
    expect(record).toMatchObject({
      environment: 'production',
      inputAttestations: [{ name: RECORD_PREDICATE }, {}, {}],
    });
    const { text = '' } = blocks(page);
    for (const { name, evidence } of record.gates) expect(text).toContain(`  gate      ${name}: passed. ${evidence}`);
    expect(text).toContain(record.source.reference);
    expect(text).toMatch(/^ {2}before .*\(qa\).*, signed by QA$/m);
    expect(page).toContain(`\`${record.planDigest}\``);
  });

  it('names no folder of the machine it was made on', () => {
    expect(page).not.toMatch(/(?:^|[\s"'`(])\/(?:home|root|tmp|work|Users|usr|var)\//m);
  });
});
