import { describe, expect, it } from '@jest/globals';
import { renderMarkdown } from '../../lab/page/markdown.ts';
import {
  joinBlocks,
  renderAlert,
  renderCodeBlock,
  renderDetails,
  renderHeading,
  renderLink,
  renderList,
} from '../../src/report/markdown.ts';

describe('joinBlocks', () => {
  it('leaves out what is undefined or empty, and one blank line between the rest', () => {
    expect(joinBlocks(['a\n', undefined, '', '\nb'])).toBe('a\n\nb');
  });
});

describe('renderHeading', () => {
  it('has as many signs as its level', () => {
    expect(renderHeading(3, 'Gates')).toBe('### Gates');
  });
});

describe('renderList', () => {
  it('keeps the further lines of an item inside it', () => {
    expect(renderList(['a\nb', 'c'])).toBe('- a\n  b\n- c');
    expect(renderList(['a\nb', 'c'], 'numbers')).toBe('1. a\n   b\n2. c');
  });
});

describe('renderDetails', () => {
  it('renders its body as Markdown and its title as the text it is', () => {
    const html = renderMarkdown(renderDetails('<b>3</b> findings', '| a |\n| --- |\n| b |'));
    expect(html).toContain('<summary>&#60;b&#62;3&#60;/b&#62; findings</summary>');
    expect(html).toContain('<table>');
  });

  it('is open only when asked', () => {
    expect(renderDetails('t', 'b')).toMatch(/^<details>\n/);
    expect(renderDetails('t', 'b', { open: true })).toMatch(/^<details open>\n/);
  });
});

describe('renderCodeBlock', () => {
  it('cannot be closed from inside', () => {
    const html = renderMarkdown(renderCodeBlock('a\n`````\n# heading\n```'));
    expect(html).not.toContain('<h1>');
    expect(html).toContain('# heading');
  });

  it('holds no control characters', () => {
    expect(renderCodeBlock('\x1b[31mred\u202e')).toBe('```\nred\n```');
  });

  it('takes only a word for its language', () => {
    expect(renderCodeBlock('x', 'sh')).toBe('```sh\nx\n```');
    expect(renderCodeBlock('x', 'sh\n```\n# out')).toBe('```\nx\n```');
  });
});

describe('renderAlert', () => {
  it('quotes every line, so that no paragraph falls out of it', () => {
    expect(renderAlert('CAUTION', 'a\n\nb')).toBe('> [!CAUTION]\n> a\n>\n> b');
  });
});

describe('renderLink', () => {
  it('links to the web', () => {
    expect(renderLink('CVE-1', 'https://nvd.example/CVE-1')).toBe('[CVE-1](<https://nvd.example/CVE-1>)');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '/etc/passwd', ''])('does not link to %j', (address) => {
    expect(renderLink('label', address)).toBe('label');
  });

  it.each(['https://e.example/a>b)c', 'https://e.example/a|b`c\\d', 'https://e.example/"x"?[y](z)'])(
    'keeps %j inside its brackets',
    (address) => {
      const html = renderMarkdown(renderLink('label', address));
      expect(html).toMatch(/^<p><a href="https:[^"<>|`]*" rel="nofollow">label<\/a><\/p>\n$/);
    },
  );
});
