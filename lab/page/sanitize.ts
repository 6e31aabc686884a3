/** The tags of GitHub's allow-list that need no address; https://github.com/gjtorikian/html-pipeline/blob/main/lib/html_pipeline/sanitization_filter.rb */
const ALLOWED_TAGS = new Set(
  'b br code dd del details div dl dt em i ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td th thead tr ul var wbr'.split(
    ' ',
  ),
);

const TAG_OR_COMMENT = /<!--[\s\S]*?-->|<(\/?)([A-Za-z][A-Za-z0-9-]*)((?:\s[^<>]*)?)>/g;

/** Keeps allowed tags without their attributes (but `open` of details), drops comments, and shows every other `<` as text, where GitHub would drop it: what tried to be HTML can be seen. */
export function sanitizeHtml(html: string): string {
  let clean = '';
  let end = 0;
  for (const match of html.matchAll(TAG_OR_COMMENT)) {
    clean += escapeAngles(html.slice(end, match.index)) + keepTag(match);
    end = match.index + match[0].length;
  }
  return clean + escapeAngles(html.slice(end));
}

/** Text for an HTML element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** An address that a link may have: the web, mail, or a place on the page. Undefined for others, such as `javascript:`. */
export function sanitizeAddress(address: string): string | undefined {
  if (address.startsWith('#')) return address;
  const protocol = URL.canParse(address) ? new URL(address).protocol : '';
  return ['http:', 'https:', 'mailto:'].includes(protocol) ? address : undefined;
}

function keepTag([tag, slash = '', name = '', attributes = '']: RegExpMatchArray): string {
  if (tag.startsWith('<!--')) return '';
  if (!ALLOWED_TAGS.has(name.toLowerCase())) return escapeAngles(tag);
  const isOpen = name.toLowerCase() === 'details' && slash === '' && /^\s+open\s*$/i.test(attributes);
  return `<${slash}${name.toLowerCase()}${isOpen ? ' open' : ''}>`;
}

function escapeAngles(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
