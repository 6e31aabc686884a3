import { describe, expect, it } from '@jest/globals';
import { renderCodeBlock, renderDetails } from '../../src/report/markdown.ts';
import { limitBytes, MAX_SUMMARY_BYTES } from '../../src/report/truncate.ts';

const NOTICE = 'Cut here.';
const bytes = (text: string) => Buffer.byteLength(text);

describe('limitBytes', () => {
  it('returns what fits as it is', () => {
    expect(limitBytes('a\nb', 3, NOTICE)).toBe('a\nb');
  });

  it('counts bytes, not characters', () => {
    const cut = limitBytes('🚀🚀🚀🚀\n'.repeat(20), 100, NOTICE);
    expect(bytes(cut)).toBeLessThanOrEqual(100);
    expect(cut).toBe(`${'🚀🚀🚀🚀\n'.repeat(5)}\n${NOTICE}\n`);
  });

  it('cuts at a blank line when one is near', () => {
    expect(limitBytes(`${'line\n'.repeat(16)}\nmore\nmore\n${'x\n'.repeat(100)}`, 115, NOTICE)).toBe(
      `${'line\n'.repeat(16)}\n\n${NOTICE}\n`,
    );
  });

  it('closes an open code fence with the fence it has', () => {
    const cut = limitBytes(renderCodeBlock('````\n'.repeat(50)), 100, NOTICE);
    expect(cut).toMatch(/^`{5}\n(````\n)+`{5}\n\nCut here\.\n$/);
  });

  it('closes open details, so that the notice is seen', () => {
    const cut = limitBytes(renderDetails('t', renderDetails('u', 'row\n'.repeat(100))), 200, NOTICE);
    expect(cut).toMatch(/row\n\n<\/details>\n\n<\/details>\n\nCut here\.\n$/);
    expect(bytes(cut)).toBeLessThanOrEqual(200);
  });

  it('is not fooled by tags inside code', () => {
    const cut = limitBytes(
      renderDetails('t', `\`</details>\`\n${renderCodeBlock('</details>')}\n${'row\n'.repeat(99)}`),
      200,
      NOTICE,
    );
    expect(cut).toMatch(/row\n\n<\/details>\n\nCut here\.\n$/);
  });

  it('leaves out a diagram that does not fit, since half of one is an error', () => {
    const cut = limitBytes(
      `# t\n\n${renderCodeBlock(`flowchart LR\n${'  a --> b\n'.repeat(50)}`, 'mermaid')}\n`,
      100,
      NOTICE,
    );
    expect(cut).toBe(`# t\n\n\n${NOTICE}\n`);
  });

  it('keeps nothing of a line that is longer than the limit', () => {
    expect(limitBytes('x'.repeat(500), 100, NOTICE)).toBe(`${NOTICE}\n`);
  });

  it('cuts even the notice at a whole character', () => {
    expect(limitBytes('x'.repeat(500), 6, '🚀🚀')).toBe('🚀');
  });

  it('never exceeds the limit, wherever it falls', () => {
    const text = [
      renderDetails('t', renderCodeBlock('é\n'.repeat(30))),
      renderCodeBlock('x\n'.repeat(9), 'mermaid'),
      'end',
    ].join('\n\n');
    for (let limit = 0; limit < bytes(text); limit++)
      expect(bytes(limitBytes(text, limit, NOTICE))).toBeLessThanOrEqual(limit);
  });

  it('is quick on a summary of several megabytes', () => {
    const cut = limitBytes('| a | b |\n'.repeat(1_000_000), MAX_SUMMARY_BYTES, NOTICE);
    expect(bytes(cut)).toBeLessThan(1024 * 1024);
    expect(bytes(cut)).toBeGreaterThan(1024 * 1024 - 100);
  });
});
