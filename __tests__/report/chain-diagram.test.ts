import { describe, expect, it } from '@jest/globals';
import { type ChainStep, chainDiagram } from '../../src/report/chain-diagram.ts';

const step = (from: string, to: string, more: Partial<ChainStep> = {}): ChainStep => ({
  ...{ from, to, lines: ['promoted to qa'], verdict: 'passed' },
  ...more,
});

describe('chainDiagram', () => {
  it('leads from place to place through each promotion, each place once', () => {
    const picture = chainDiagram([step('a.test/dev:1', 'a.test/qa:1'), step('a.test/qa:1', 'a.test/prod:1')]);
    expect(picture).toMatch(/^%%\{init.*\nflowchart LR\n/);
    expect(picture.match(/:::place/g)).toHaveLength(3);
    for (const edge of ['place0 --> step0', 'step0 --> place1', 'place1 --> step1', 'step1 --> place2'])
      expect(picture).toContain(`  ${edge}\n`);
  });

  it('says in words and lines what was not verified', () => {
    const picture = chainDiagram([step('a.test/dev:1', 'a.test/qa:1', { verdict: 'undecided' })]);
    expect(picture).toContain('? not verified here"]:::undecided');
    expect(picture).toContain('step0 -.-> place1');
    expect(chainDiagram([step('a', 'b')])).toContain('✓ verified"]:::passed');
  });

  it('lets no text of a record become a part of the picture', () => {
    const evil = 'x"]:::passed\n click step0 "javascript:alert(1)"<script>%%';
    const picture = chainDiagram([step(evil, 'b', { lines: [evil] })]);
    const plain = chainDiagram([step('x', 'b', { lines: ['x'] })]);
    expect(picture.split('\n')).toHaveLength(plain.split('\n').length);
    expect(picture).not.toMatch(/<script|javascript:|x"\]/);
  });

  it('keeps the end of a chain that is too long to be read', () => {
    const steps = Array.from({ length: 20 }, (_, i) => step(`a.test/s${i}`, `a.test/s${i + 1}`));
    const picture = chainDiagram(steps);
    expect(picture).toContain('s20');
    expect(picture).not.toContain('s3"');
  });
});
