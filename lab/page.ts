import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { renderMarkdown } from './page/markdown.ts';
import { escapeHtml } from './page/sanitize.ts';

const require = createRequire(import.meta.url);

const PAGE_STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 24px 16px; background: #ffffff; font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
main { max-width: 1012px; margin: 0 auto; border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; }
header { padding: 12px 16px; font-weight: 600; color: #1f2328; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; overflow-wrap: anywhere; }
.markdown-body { padding: 24px; }
.markdown-body pre.mermaid { background: none; padding: 0; text-align: center; }
@media (max-width: 600px) { body { padding: 8px; } .markdown-body { padding: 16px; } }
@media (prefers-color-scheme: dark) {
  body { background: #0d1117; }
  main { border-color: #3d444d; }
  header { color: #f0f6fc; background: #151b23; border-color: #3d444d; }
}`;

/** One HTML file, with everything in it and nothing fetched, that shows Markdown as the summary page of a GitHub run would, in light or dark as the reader's system is. */
export function renderPage(markdown: string, title: string): string {
  const body = renderMarkdown(markdown);
  const scripts = body.includes('<pre class="mermaid">') ? [readAsset('@mermaid-js/tiny'), START_MERMAID] : [];
  const inline = scripts.map((script) => script.replace(/<(?=!--|\/?script)/gi, '\\x3c'));
  const hashes = inline.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${hashes.join(' ') || "'none'"}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${readAsset('github-markdown-css/github-markdown.css')}${PAGE_STYLE}</style>
</head>
<body>
<main>
<header>${escapeHtml(title)}</header>
<article class="markdown-body">
${body}</article>
</main>
${inline.map((script) => `<script>${script}</script>`).join('\n')}
</body>
</html>
`;
}

const START_MERMAID = `
const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: isDark ? 'dark' : 'default' });
mermaid.run();
`;

function readAsset(name: string): string {
  return readFileSync(require.resolve(name), 'utf8');
}
