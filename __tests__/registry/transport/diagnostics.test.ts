import { describe, expect, it } from '@jest/globals';
import { cleanText, formatDiagnostics, parseErrorBody } from '../../../src/registry/transport/diagnostics.ts';

const parse = (value: unknown) =>
  parseErrorBody(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

describe('parseErrorBody', () => {
  it("reads the registry's codes and words", () => {
    const { kind, diagnostics } = parse({ errors: [{ code: 'DENIED', message: 'no access', detail: { secret: 1 } }] });
    expect(kind).toBe('registry');
    expect(formatDiagnostics(diagnostics)).toBe('DENIED: no access');
  });

  it.each([
    ['', 'empty'],
    [' \n', 'empty'],
    ['<html>', 'foreign'],
    ['{}', 'foreign'],
    ['[]', 'foreign'],
    ['null', 'foreign'],
    ['{"errors":"x"}', 'foreign'],
    ['[[[[[[', 'foreign'],
  ])('tells %j apart as %s', (text, kind) => {
    expect(parse(text)).toEqual({ kind, diagnostics: [] });
  });

  it('passes entries over that are not what they should be', () => {
    expect(parse({ errors: [null, 1, { code: 5 }, { message: 'x' }, { code: 'A', message: 7 }] }).diagnostics).toEqual([
      { code: 'A', message: '' },
    ]);
  });

  it('shortens what is long and drops what is many', () => {
    const { diagnostics } = parse({
      errors: Array.from({ length: 5000 }, () => ({ code: 'C', message: 'm'.repeat(9000) })),
    });
    expect(diagnostics).toHaveLength(8);
    expect(diagnostics[0]?.message.length).toBeLessThan(310);
  });
});

describe('cleanText', () => {
  it('leaves no line break, escape or direction mark with which text could act', () => {
    expect(cleanText('a\n::error::b\u001b[31m\u202ec\u2028d')).toBe('a ::error::b [31m c d');
  });
});
