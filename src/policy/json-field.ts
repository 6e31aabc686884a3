/** No text of a statement that we compare is longer. */
const MAX_TEXT = 4096;

/** What own keys lead to in a value out of JSON that nobody has checked; undefined where they lead nowhere. Lists have no keys. */
export function readField(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && !Array.isArray(at) && Object.hasOwn(at, key)
        ? (at as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}

/** A text at a path; undefined for anything else, for an empty one, and for one that is too long to mean anything. */
export function readText(value: unknown, path: readonly string[]): string | undefined {
  const text = readField(value, path);
  return typeof text === 'string' && text !== '' && text.length <= MAX_TEXT ? text : undefined;
}

/** The entries of a list at a path; none where there is no list. */
export function readList(value: unknown, path: readonly string[]): readonly unknown[] {
  const list = readField(value, path);
  return Array.isArray(list) ? list : [];
}
