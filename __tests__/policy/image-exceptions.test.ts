import { describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../src/image/reference.ts';
import { findImageException, type ImageException } from '../../src/policy/image-exceptions.ts';

const exception = (more: Partial<ImageException> = {}): ImageException => ({
  ...{ image: 'a.io/team/*', rule: 'no-digest', reason: 'soon', expires: '2027-01-31', source: 'p.yml' },
  endsAt: Date.parse('2027-02-01T00:00:00Z'),
  ...more,
});
const use = { rule: 'no-digest', text: 'a.io/team/x:1', repository: parseRepository('a.io/team/x') } as const;
const at = (text: string): Date => new Date(text);

describe('an exception', () => {
  it('covers its rule and its images, to the last instant of its day', () => {
    expect(findImageException(use, [exception()], at('2027-01-31T23:59:59Z')).used).toEqual(exception());
    const late = findImageException(use, [exception()], at('2027-02-01T00:00:00Z'));
    expect(late).toEqual({ used: undefined, expired: [exception()] });
  });

  it.each([[{ rule: 'no-tag' as const }], [{ image: 'a.io/other/*' }]])('covers no other: %j', (more) => {
    expect(findImageException(use, [exception(more)], at('2026-01-01T00:00:00Z'))).toEqual({
      used: undefined,
      expired: [],
    });
  });

  it('may name a text with a variable exactly', () => {
    const open = exception({ image: `\${IMAGE}`, rule: 'unresolved-variable' });
    const asked = { rule: 'unresolved-variable', text: `\${IMAGE}`, repository: undefined } as const;
    expect(findImageException(asked, [open], at('2026-01-01T00:00:00Z')).used).toBe(open);
    expect(
      findImageException({ ...asked, text: `\${IMAGE2}` }, [open], at('2026-01-01T00:00:00Z')).used,
    ).toBeUndefined();
  });

  it('holds for nothing where the clock tells no time', () => {
    expect(findImageException(use, [exception()], new Date(Number.NaN)).used).toBeUndefined();
  });
});
