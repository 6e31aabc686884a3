import { describe, expect, it } from '@jest/globals';
import { renderMarkdown } from '../../../lab/page/markdown.ts';

describe('renderMarkdown', () => {
  it('renders the tables, task marks and strike-through of GitHub', () => {
    expect(renderMarkdown('| a |\n| --- |\n| ~~b~~ |')).toContain('<td><del>b</del></td>');
  });

  it.each(['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION'])('renders a %s alert with its body', (kind) => {
    const html = renderMarkdown(`> [!${kind}]\n> **a**\n>\n> b`);
    expect(html).toContain(`<div class="markdown-alert markdown-alert-${kind.toLowerCase()}">`);
    expect(html).toContain('<p><strong>a</strong></p>\n<p>b</p>');
    expect(html).not.toContain('[!');
  });

  it('leaves a quote a quote', () => {
    expect(renderMarkdown('> [!OTHER] a')).toBe('<blockquote>\n<p>[!OTHER] a</p>\n</blockquote>\n');
  });

  it('gives Mermaid the text of its block', () => {
    expect(renderMarkdown('```mermaid\nflowchart LR\n  a["<b>"]\n```')).toBe(
      '<pre class="mermaid">flowchart LR\n  a[&#34;&#60;b&#62;&#34;]</pre>\n',
    );
  });

  it('shows code as it is', () => {
    expect(renderMarkdown('```sh\n</code><script>\n```')).toBe(
      '<pre><code>&#60;/code&#62;&#60;script&#62;\n</code></pre>\n',
    );
  });

  it('fetches no image and follows no dangerous link', () => {
    const html = renderMarkdown('![a](https://evil.example/x.png) [b](javascript:alert(1)) [c](https://a.example/"x)');
    expect(html).not.toContain('<img');
    expect(html).not.toContain('javascript:');
    expect(html).toContain('<a href="https://a.example/&#34;x" rel="nofollow">c</a>');
  });
});
