import { describe, expect, it } from '@jest/globals';
import { escapeHtml, sanitizeAddress, sanitizeHtml } from '../../../lab/page/sanitize.ts';

describe('sanitizeHtml', () => {
  it.each(['<details open>', '<summary>x</summary>', 'a<br>b', '<sub>2</sub>', '<code>&#124;</code>'])(
    'keeps %s',
    (html) => {
      expect(sanitizeHtml(html)).toBe(html);
    },
  );

  it('drops attributes and comments', () => {
    expect(sanitizeHtml('<p style="position:fixed" onclick=x>a</p><!-- b\n --><details onclick=x>')).toBe(
      '<p>a</p><details>',
    );
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=y>',
    '<a href="javascript:x">',
    '<svg/onload=x>',
    '<br/onclick=x',
    '<<b>script>',
  ])('shows %s as text', (html) => {
    expect(sanitizeHtml(html).replace(/<\/?b>/g, '')).not.toContain('<');
  });
});

describe('sanitizeAddress', () => {
  it('takes the web, mail and places on the page', () => {
    for (const address of ['https://a.example', 'http://a.example', 'mailto:a@a.example', '#top'])
      expect(sanitizeAddress(address)).toBe(address);
  });

  it.each(['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//evil.example'])(
    'refuses %j',
    (address) => {
      expect(sanitizeAddress(address)).toBeUndefined();
    },
  );
});

describe('escapeHtml', () => {
  it('makes text safe in elements and quoted attributes', () => {
    expect(escapeHtml(`<a b="c" d='e'>&`)).toBe('&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;');
  });
});
