import type { Exec } from '../../base/ports.ts';
import { stripControl } from '../../base/text.ts';

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/** Knows the secrets of a run, in every form in which a registry, a tool or a parser may repeat them. */
export interface Redactor {
  /** Remembers a secret. Returns its forms that are new, for the runner's mask; what is shorter than 4 characters or public is left out, since hiding it would blank what merely contains it. */
  add(secret: string): readonly string[];
  readonly redact: Redact;
}

const MIN_LENGTH = 4;
/** Of a piece of base64 that starts in the middle of a group: shorter ones could be anything. */
const MIN_PIECE = 8;
const HIDDEN = '***';

/** Starts without any secret. */
export function createRedactor(): Redactor {
  const known = new Set<string>();
  let pattern: RegExp | undefined;
  return {
    add(secret) {
      const added = formsOf(secret).filter((form) => !known.has(form));
      for (const form of added) known.add(form);
      if (added.length > 0) pattern = undefined;
      return added;
    },
    redact(text) {
      if (known.size === 0) return text;
      pattern ??= new RegExp(
        [...known]
          .sort((a, b) => b.length - a.length)
          .map(escapePattern)
          .join('|'),
        'g',
      );
      return hideCut(text.replace(pattern, HIDDEN), known);
    },
  };
}

/** A secret as it is, each of its lines, and how they look once JSON, a URL, a form or base64 holds them. */
function formsOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter((line) => !/^-----(?:BEGIN|END) /.test(line));
  const spaced = stripControl(secret, { newlines: 'space' }).replace(/\s+/g, ' ');
  const whole = [secret, secret.trim(), spaced].flatMap((text) => [text, ...encodingsOf(text)]);
  const pieces = [secret, secret.trim()].flatMap(base64PiecesOf);
  const forms = [
    ...[...whole, ...lines].map((form) => form.trim()).filter(isWorthHiding),
    ...pieces.filter((piece) => piece.length >= MIN_PIECE),
  ];
  return [...new Set(forms)];
}

function isWorthHiding(form: string): boolean {
  return form.length >= MIN_LENGTH && !/^-----(?:BEGIN|END) [A-Z ]+-----$/.test(form);
}

function encodingsOf(text: string): string[] {
  if (!text.isWellFormed()) return [];
  const component = encodeURIComponent(text);
  const form = new URLSearchParams({ '': text }).toString().slice(1);
  const json = JSON.stringify(text).slice(1, -1);
  const bytes = Buffer.from(text);
  const base64 = bytes.toString('base64');
  const usual = [component, form, json, base64, base64.replace(/=+$/, ''), bytes.toString('base64url')];
  // Nobody puts a whole key into an address.
  if (text.includes('\n')) return usual;
  const strict = component.replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  // RFC 3986 leaves ~ as it is; Go leaves more in the user info of a URL.
  const unreserved = strict.replaceAll('%7E', '~');
  const userInfo = unreserved.replace(/%(?:24|26|2B|2C|3B|3D)/g, (code) => decodeURIComponent(code));
  const urls = [component, strict, unreserved, userInfo, form, encodeURI(text)];
  const lowerCase = urls.map((url) => url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
  const goJson = json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  return [...usual, ...urls, ...lowerCase, goJson, ...HTML_QUOTES.map((quotes) => escapeHtml(text, quotes))];
}

/** How HTML writes the two quotation marks: Go and others by number, some by name. */
const HTML_QUOTES: readonly (readonly [string, string])[] = [
  ['&#34;', '&#39;'],
  ['&quot;', '&#x27;'],
  ['&quot;', '&#039;'],
];

function escapeHtml(text: string, [double, single]: readonly [string, string]): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replaceAll('"', double).replaceAll("'", single);
}

/** What of the base64 of a longer text, such as `user:password`, is the same wherever the secret stands in it. */
function base64PiecesOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((offset) => {
    const inside = bytes.subarray((3 - offset) % 3);
    const piece = inside.subarray(0, inside.length - (inside.length % 3));
    return [piece.toString('base64'), piece.toString('base64url')];
  });
}

/** Hides the start of a secret where a text was cut to size in the middle of it. */
function hideCut(text: string, forms: ReadonlySet<string>): string {
  const parts = text.split('…');
  return parts
    .map((part, i) => {
      const cut = i === parts.length - 1 ? 0 : longestStart(part, forms);
      return cut === 0 ? part : `${part.slice(0, -cut)}${HIDDEN}`;
    })
    .join('…');
}

function longestStart(text: string, forms: ReadonlySet<string>): number {
  let longest = 0;
  for (const form of forms) {
    for (let length = Math.min(form.length - 1, text.length); length >= MIN_LENGTH && length > longest; length--) {
      if (text.endsWith(form.slice(0, length))) longest = length;
    }
  }
  return longest;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Runs tools as `exec` does, without secrets in what they say on standard error: it is quoted in errors, refusals and reports. */
export function withRedactedErrors(exec: Exec, redact: Redact): Exec {
  return async (command, signal) => {
    const result = await exec(command, signal);
    return { ...result, stderr: redact(result.stderr) };
  };
}
