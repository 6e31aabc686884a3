import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RegistryError } from '../../src/registry/error.ts';
import { nextPage } from '../../src/registry/next-page.ts';
import type { Response } from '../../src/registry/transport/message.ts';
import { allow, hold, holdLong, mutate } from '../property-runs.ts';

const url = new URL('https://r.example/v2/app/referrers/sha256:a');
const answer = (link: string | string[]) => ({ status: 200, headers: { link }, url }) as unknown as Response;
const names = fc.stringMatching(/^[a-z]{1,8}$/);
const params = fc
  .array(fc.tuple(fc.constantFrom('title', 'type', 'anchor', 'nextrel'), fc.string({ unit: 'grapheme-ascii' })), {
    maxLength: 2,
  })
  .map((list) => list.map(([name, value]) => `; ${name}="${value.replace(/["\\]/g, '')}"`).join(''));
const links = fc.tuple(
  names,
  params,
  fc.constantFrom('rel="next"', 'rel=next', 'REL = "prev next last"', 'rel="next"; type=x'),
  params,
);
const others = fc.array(fc.tuple(names, fc.constantFrom('prev', 'nextcloud', 'next-page', '"prev next2"')), {
  maxLength: 2,
});

describe('any Link header', () => {
  it('names the next page, whatever else stands in it', () => {
    hold(fc.tuple(others, links), ([before, [path, more, rel, rest]]) => {
      const other = before.map(([name, value]) => `</${name}>; rel=${value}, `).join('');
      const next = nextPage(answer(`${other}</p/${path}>${more};${rel}${rest}`));
      expect(next?.href).toBe(`https://r.example/p/${path}`);
    });
  });

  it('names none where no link is the next one', () => {
    hold(fc.tuple(others, names, params), ([before, name, more]) => {
      const other = before.map(([path, value]) => `</${path}>; rel=${value}`);
      expect(nextPage(answer([...other, `</${name}>${more}; title="x; rel=next"; rel=prev`]))).toBeUndefined();
    });
  });

  it('never leads to another origin', () => {
    const valid = fc.constantFrom(
      '</v2/next?n=1&last=a>; rel="next"',
      '<https://r.example/x>;rel=next, <//e.example/>; rel=prev',
    );
    hold(mutate(valid), (link) => {
      const next = allow([RegistryError], () => nextPage(answer(link)));
      if (next !== undefined) expect(next.origin).toBe(url.origin);
    });
  });

  it('is read quickly, however long', () => {
    holdLong(['<a>; rel=', '<', '<a>;x="', '<a>; rel="', '<a>;rel= next', '<a>; '], (link) => {
      allow([RegistryError], () => nextPage(answer(link)));
    });
  });
});
