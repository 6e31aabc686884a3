import { Marked, type Tokens } from 'marked';
import { escapeHtml, sanitizeAddress, sanitizeHtml } from './sanitize.ts';

const ALERT = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)/;

/** GitHub Flavored Markdown as HTML that may stand in a page: alerts and Mermaid as GitHub shows them, raw HTML sanitised, no image fetched. */
export function renderMarkdown(markdown: string): string {
  const marked = new Marked({ gfm: true });
  marked.use({
    renderer: {
      html: ({ text }) => sanitizeHtml(text),
      code: renderCode,
      image: ({ text, href }) => `<span>${escapeHtml(`[image: ${text} ${href}]`)}</span>`,
      link(token) {
        const label = this.parser.parseInline(token.tokens);
        const address = sanitizeAddress(token.href);
        return address === undefined ? label : `<a href="${escapeHtml(address)}" rel="nofollow">${label}</a>`;
      },
      blockquote(token) {
        const kind = ALERT.exec(token.text)?.[1];
        if (kind === undefined) return `<blockquote>\n${this.parser.parse(token.tokens)}</blockquote>\n`;
        const title = kind.charAt(0) + kind.slice(1).toLowerCase();
        const body = marked.parse(token.text.replace(ALERT, ''), { async: false });
        const name = kind.toLowerCase();
        return `<div class="markdown-alert markdown-alert-${name}"><p class="markdown-alert-title">${title}</p>\n${body}</div>\n`;
      },
    },
  });
  return marked.parse(markdown, { async: false });
}

function renderCode({ text, lang }: Tokens.Code): string {
  if (lang === 'mermaid') return `<pre class="mermaid">${escapeHtml(text)}</pre>\n`;
  return `<pre><code>${escapeHtml(text)}\n</code></pre>\n`;
}
