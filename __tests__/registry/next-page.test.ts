import { describe, expect, it } from '@jest/globals';
import { nextPage } from '../../src/registry/next-page.ts';
import type { Response } from '../../src/registry/transport/message.ts';

const next = (...link: string[]) =>
  nextPage({ status: 200, headers: { link }, url: new URL('https://r.test/v2/a') } as unknown as Response)?.href;

describe('nextPage', () => {
  it('finds the next page among several links, in one header or more', () => {
    expect(next('</p>; rel=prev, </n>; rel="next"')).toBe('https://r.test/n');
    expect(next('</p>; rel=prev', '</n>; rel=next')).toBe('https://r.test/n');
  });

  it('reads a list of relations, in any case', () => {
    expect(next('</n>; title="a, b"; REL="last Next"')).toBe('https://r.test/n');
  });

  it('takes no relation out of the text of another parameter', () => {
    expect(next('</n>; title="x; rel=next"; rel=prev')).toBeUndefined();
  });

  it('believes the first rel of a link', () => {
    expect(next('</n>; rel=prev; rel=next')).toBeUndefined();
  });

  it('refuses another origin', () => {
    expect(() => next('<https://other.test/n>; rel=next')).toThrow(
      expect.objectContaining({ code: 'REDIRECT_REFUSED' }),
    );
  });
});
