import { headerOf, type Response } from './message.ts';

/** The three ways of writing a date that HTTP knows; what JavaScript would guess at is no date. */
const DATES: readonly RegExp[] = [
  /^[a-z]{3}, \d{1,2} [a-z]{3} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC)$/i,
  /^[a-z]{6,9}, \d{2}-[a-z]{3}-\d{2} \d\d:\d\d:\d\d GMT$/i,
  /^[a-z]{3} [a-z]{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/i,
];

/** Milliseconds an answer asks to wait; undefined when it does not ask, or for nothing that can be read. Dates are taken by the server's own clock where it tells the time. */
export function readRetryAfter(response: Response, now: number): number | undefined {
  const text = headerOf(response, 'retry-after');
  if (text === undefined) return undefined;
  const here = parseDate(headerOf(response, 'date') ?? '');
  return parseRetryAfter(text, here ?? now);
}

/** Retry-After in milliseconds from `now`, 0 for the past; undefined for what is neither seconds nor a date. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
export function parseRetryAfter(value: string, now: number): number | undefined {
  const text = value.trim();
  if (/^\d{1,12}(?:\.\d{1,12})?$/.test(text)) return Number(text) * 1000;
  const date = parseDate(text);
  return date === undefined ? undefined : Math.max(0, date - now);
}

function parseDate(text: string): number | undefined {
  if (!DATES.some((pattern) => pattern.test(text))) return undefined;
  const date = Date.parse(/(?:GMT|UTC)$/i.test(text) ? text : `${text} GMT`);
  return Number.isNaN(date) ? undefined : date;
}
