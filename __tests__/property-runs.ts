import fc from 'fast-check';

/** How many inputs each property is tried with; with the number of `hold` calls this says how many bad inputs were tried. */
export const RUNS_PER_PROPERTY = 200;
/** The same for properties of inputs of up to a megabyte. */
export const LONG_RUNS_PER_PROPERTY = 8;
export const LONG = 1_000_000;

/** Milliseconds of processor time that no input may take, however long it is. */
const MAX_TIME = 2_000;

/** Holds a property against random inputs; fast-check prints the seed of a failure. */
export function hold<T>(inputs: fc.Arbitrary<T>, property: (input: T) => void, numRuns = RUNS_PER_PROPERTY): void {
  fc.assert(
    fc.property(inputs, (input) => withinTime(() => property(input))),
    { numRuns },
  );
}

/** Holds a property against what a short text becomes when it is repeated up to a megabyte, after `starts` and before an end that fits nothing. */
export function holdLong(starts: readonly string[], property: (input: string) => void, alphabet = NASTY): void {
  const pump = fc
    .array(fc.constantFrom(...alphabet), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join('') || 'a');
  const inputs = fc
    .tuple(fc.constantFrom('', ...starts), pump, fc.constantFrom('', '\0', '"', ' x'), fc.constantFrom(LONG, LONG / 10))
    .map(([start, text, end, length]) => start + text.repeat(Math.ceil(length / text.length)) + end);
  hold(inputs, property, LONG_RUNS_PER_PROPERTY);
}

/** Runs `task` and throws when it took more processor time than any input may. */
export function withinTime<T>(task: () => T): T {
  const before = process.cpuUsage();
  const result = task();
  const { user } = process.cpuUsage(before);
  if (user > MAX_TIME * 1000) throw new Error(`took ${Math.round(user / 1000)} ms`);
  return result;
}

/** What parsers trip over. */
export const NASTY: readonly string[] = [
  ...['', 'a', 'A', '0', '9', ' ', '\t', '\n', '\r', '\0', '\u2028', '\ufeff', '\u202e', '\ud800', 'é', '😀', 'ſ', 'K'],
  ...['.', '..', '-', '--', '_', '__', '/', '//', ':', '@', '#', '?', '&', '=', ',', ';', '*', '%', '%2f', '%zz', '\\'],
  ...['"', "'", '`', '<', '>', '[', ']', '{', '}', '(', ')', '|', '!', '~', '$', '^', '+', '-1', '1e999', 'null'],
  ...['__proto__', 'constructor', 'toString', 'sha256:', '://', '\x1b[31m', '::error::', '&a', '*a', '<<', '- ', '? '],
];

/** Valid texts with a few places cut out, doubled, or replaced by something nasty; some stay valid. */
export function mutate(valid: fc.Arbitrary<string>, alphabet = NASTY): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(4),
    put: fc.constantFrom(...alphabet),
    times: fc.integer({ min: 1, max: 3 }),
  });
  return fc.tuple(valid, fc.array(edit, { maxLength: 3 })).map(([text, edits]) =>
    edits.reduce((now, { at, cut, put, times }) => {
      const index = Math.floor(at * (now.length + 1));
      return now.slice(0, index) + put.repeat(times) + now.slice(index + cut);
    }, text),
  );
}

/** The value of `task`, or undefined when it threw an error of one of these classes; any other error is the test's. */
export function allow<T>(errors: readonly (abstract new (...args: never[]) => Error)[], task: () => T): T | undefined {
  try {
    return task();
  } catch (error) {
    if (errors.some((kind) => error instanceof kind)) return undefined;
    throw error;
  }
}
