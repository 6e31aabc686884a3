const DAY = 86_400_000;

/** Milliseconds since 1970 of the first instant after a day `YYYY-MM-DD` (UTC); undefined when there is no such day. */
export function endOfDay(text: string): number | undefined {
  const start = startOfDay(text);
  return start === undefined ? undefined : start + DAY;
}

/** Milliseconds since 1970 of the first instant of a day `YYYY-MM-DD` (UTC); undefined when there is no such day. */
export function startOfDay(text: string): number | undefined {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return undefined;
  const start = Date.parse(`${text}T00:00:00Z`);
  // Date.parse takes the 30th of February for the 1st of March.
  return Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== text ? undefined : start;
}

/** Milliseconds since 1970 of `YYYY-MM-DD` (its first instant, UTC) or of a time in RFC 3339; undefined for anything else. */
export function parseInstant(text: string): number | undefined {
  const [, day = '', rest] =
    /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:([Tt ][0-9:.]+)([Zz]|[+-][0-9]{2}:[0-9]{2}))?$/.exec(text) ?? [];
  const start = startOfDay(day);
  if (start === undefined || rest === undefined) return start;
  const instant = Date.parse(text.replace(' ', 'T').toUpperCase());
  return Number.isNaN(instant) ? undefined : instant;
}

/** Milliseconds since 1970 of the first instant that is too late for what holds until `text`: a day holds to its end, a time to that instant. Undefined for anything else. */
export function findEnd(text: string): number | undefined {
  return endOfDay(text) ?? parseInstant(text);
}
