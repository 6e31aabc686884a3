import { stripControl } from '../base/text.ts';
import { escapeMarkdown } from './escape.ts';

/** GitHub's alerts, from the mildest; https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts */
export type AlertKind = 'NOTE' | 'TIP' | 'IMPORTANT' | 'WARNING' | 'CAUTION';

/** Blocks of one document, a blank line between them; `undefined` and empty ones are left out. Everything called `markdown` in this module must be escaped already. */
export function joinBlocks(blocks: readonly (string | undefined)[]): string {
  const present = blocks.filter((block): block is string => block !== undefined && block.trim() !== '');
  return present.map((block) => block.replace(/^\n+|(?<!\n)\n+$/g, '')).join('\n\n');
}

/** A heading of level 1 to 6. */
export function renderHeading(level: 1 | 2 | 3 | 4 | 5 | 6, markdown: string): string {
  return `${'#'.repeat(level)} ${markdown}`;
}

/** A list; lines after an item's first are indented, so that they stay part of it. */
export function renderList(items: readonly string[], kind: 'bullets' | 'numbers' = 'bullets'): string {
  return items
    .map((item, i) => {
      const marker = kind === 'bullets' ? '- ' : `${i + 1}. `;
      return marker + item.split('\n').join(`\n${' '.repeat(marker.length)}`);
    })
    .join('\n');
}

/** A section that opens on a click. `title` is plain text, escaped here, because GitHub reads no Markdown inside a summary. */
export function renderDetails(title: string, markdown: string, options: { readonly open?: boolean } = {}): string {
  const tag = options.open === true ? '<details open>' : '<details>';
  return `${tag}\n<summary>${escapeMarkdown(title)}</summary>\n\n${markdown}\n\n</details>`;
}

/** A code block of plain text; its fence is longer than any run of backticks inside. `language` is a word such as `sh` or `mermaid`. */
export function renderCodeBlock(text: string, language = ''): string {
  const body = stripControl(text).replace(/(?<!\n)\n+$/, '');
  const longest = Math.max(2, ...Array.from(body.matchAll(/`+/g), (run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${/^[a-z0-9-]*$/.test(language) ? language : ''}\n${body}\n${fence}`;
}

/** A coloured call-out. GitHub draws it at the top level only, not inside a list or details. */
export function renderAlert(kind: AlertKind, markdown: string): string {
  const lines = markdown.split('\n').map((line) => (line === '' ? '>' : `> ${line}`));
  return [`> [!${kind}]`, ...lines].join('\n');
}

/** A link whose address is plain text; only http and https become links, anything else stays its label. */
export function renderLink(markdown: string, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return markdown;
  return `[${markdown}](<${url.href.replace(/[<>|\\`*_~@$]/g, encodeURIComponentStrictly)}>)`;
}

function encodeURIComponentStrictly(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
