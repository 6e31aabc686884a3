import { describe, expect, it } from '@jest/globals';
import { pathDiagram } from '../../src/report/mermaid.ts';

const source = 'dev.example/app:1';
const targets = ['prod.example/app:1'];

/** The text of a node's label, as Mermaid shows it. */
function readLabel(diagram: string, node: string): string {
  const label = new RegExp(`^  ${node}[[(]"(.*)"[\\])]:::`, 'm').exec(diagram)?.[1] ?? '';
  return label
    .split('<br>')
    .map((line) => line.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))))
    .join('\n');
}

describe('pathDiagram', () => {
  it('leads from the source through each gate to the targets', () => {
    const diagram = pathDiagram({ source, targets, gates: [{ name: 'Scan', verdict: 'passed' }] });
    expect(diagram).toContain('\nflowchart LR\n');
    expect(diagram).toContain('\n  source --> gate0\n  gate0 --> target\n');
    expect(readLabel(diagram, 'source')).toBe('dev.example/\napp:1');
    expect(readLabel(diagram, 'target')).toBe('prod.example/\napp:1\n✓ promoted');
  });

  it.each([
    ['passed', '✓ passed', '-->'],
    ['refused', '✗ refused', '--x'],
    ['reported', '! reported only', '-->'],
    ['undecided', '? could not decide', '--x'],
    ['skipped', '– off', '-.-'],
  ] as const)('says in words that a gate is %s', (verdict, words, edge) => {
    const diagram = pathDiagram({ source, targets, gates: [{ name: 'Scan', verdict }] });
    expect(readLabel(diagram, 'gate0')).toBe(`Scan\n${words}`);
    expect(diagram).toContain(`gate0 ${edge} target`);
    expect(diagram).toContain(`classDef ${verdict} `);
  });

  it.each(['refused', 'undecided'] as const)('does not reach the targets when one gate is %s', (verdict) => {
    const gates = [
      { name: 'Tag', verdict: 'passed' },
      { name: 'Scan', verdict },
    ] as const;
    const diagram = pathDiagram({ source, targets, gates });
    expect(readLabel(diagram, 'target')).toContain('✗ not promoted');
    expect(diagram).not.toContain('--> target');
  });

  it.each([
    ['planned', '… planned, not written'],
    ['unchanged', '✓ was there already'],
    ['blocked', '✗ not promoted'],
  ] as const)('tells that the targets are %s', (arrival, words) => {
    const diagram = pathDiagram({ source, targets, gates: [], arrival });
    expect(readLabel(diagram, 'target')).toBe(`prod.example/\napp:1\n${words}`);
    expect(diagram).toContain('source -');
  });

  it.each([
    '"]:::x; click gate0 "javascript:alert(1)"',
    '<img src=x onerror=alert(1)>',
    '`**bold**` _it_ 1. list',
    '- item',
    'www.evil.example me@evil.example',
    '#quot; &lt; %%{init: {}}%%',
    'end',
  ])('shows %j as that text and nothing else', (name) => {
    const diagram = pathDiagram({ source: name, targets: [name], gates: [{ name, verdict: 'passed' }] });
    expect(readLabel(diagram, 'gate0')).toBe(`${name}\n✓ passed`);
    expect(diagram.split('\n')).toHaveLength(
      pathDiagram({ source, targets, gates: [{ name: 'x', verdict: 'passed' }] }).split('\n').length,
    );
    for (const label of diagram.matchAll(/"(.*)"/g)) {
      if (!label[0].includes('{')) expect(label[1]?.replaceAll('<br>', '')).toMatch(/^[A-Za-z0-9 /#;✓]*$/);
    }
  });

  it('makes no icon and no formula of a name', () => {
    const diagram = pathDiagram({ source, targets, gates: [{ name: 'fa:fa-bomb $$x$$', verdict: 'passed' }] });
    expect(readLabel(diagram, 'gate0')).toBe('fa:\u200bfa-bomb $\u200b$x$\u200b$\n✓ passed');
  });

  it('puts a name with line ends and controls on one line', () => {
    const diagram = pathDiagram({ source, targets, gates: [{ name: 'a\nclick b\u202e', verdict: 'passed' }] });
    expect(readLabel(diagram, 'gate0')).toBe('a click b\ufffd\n✓ passed');
  });

  it('shortens long names in the middle, and many targets to a number', () => {
    const long = `${'a'.repeat(100)}${'z'.repeat(100)}`;
    const many = Array.from({ length: 12 }, (_, i) => `r.example/app:${i}`);
    const diagram = pathDiagram({ source: long, targets: many, gates: [] });
    expect(readLabel(diagram, 'source')).toBe(`${'a'.repeat(35)}…${'z'.repeat(35)}`);
    expect(readLabel(diagram, 'target')).toContain('app:3\nand 8 more\n');
  });
});
