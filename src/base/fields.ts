import type { Problem } from './error.ts';

/** One input of an action: what `action.yml`, `--help` and the README say of it. */
export interface InputSpec {
  readonly description: string;
  readonly default?: string;
  readonly required?: true;
  /** The other inputs without any of which this one is required. */
  readonly requiredUnless?: string | readonly string[];
  /** True for an input that is `true` or `false` and has no default of these: on a command line its name alone says `true`. */
  readonly flag?: true;
}

/** One output of an action. */
export interface OutputSpec {
  readonly description: string;
}

/** Reads raw inputs one by one and gathers every problem, so that all are reported at once. */
export class FieldReader {
  readonly #raw: Readonly<Record<string, string>>;
  readonly #specs: Readonly<Record<string, InputSpec>>;
  readonly #problems: Problem[] = [];

  constructor(raw: Readonly<Record<string, string>>, specs: Readonly<Record<string, InputSpec>>) {
    this.#raw = raw;
    this.#specs = specs;
    for (const name of Object.keys(raw)) {
      if (!Object.hasOwn(specs, name))
        this.addProblem(name, 'is not an input of this action.', suggestName(name, Object.keys(specs)));
    }
    for (const [name, spec] of Object.entries(specs)) {
      const others = listUnless(spec);
      const isRequired = spec.required ?? (others.length > 0 && !others.some((other) => this.isGiven(other)));
      if (isRequired && this.text(name) === '') this.addProblem(name, 'is required and was empty.', `Set ${name}.`);
    }
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  addProblem(name: string, message: string, fix: string): void {
    this.#problems.push({ where: `input ${name}`, message, fix });
  }

  addProblems(problems: readonly Problem[]): void {
    this.#problems.push(...problems);
  }

  /** The trimmed value, the default where it was empty, else ''. */
  text(name: string): string {
    return this.#raw[name]?.trim() || (this.#specs[name]?.default ?? '');
  }

  /** A secret, exactly as given: spaces may be part of a password. */
  secret(name: string): string {
    return this.#raw[name] ?? '';
  }

  /** True when the user wrote something, whatever the default. */
  isGiven(name: string): boolean {
    return (this.#raw[name] ?? '').trim() !== '';
  }

  /** One entry a line; empty lines and lines that start with # are left out. */
  lines(name: string): string[] {
    return splitTrimmed(this.text(name), /\r?\n/).filter((line) => !line.startsWith('#'));
  }

  /** Entries separated by commas or lines. */
  list(name: string): string[] {
    return splitTrimmed(this.text(name), /[,\r\n]+/);
  }

  /** `true` or `false`, as YAML writes them; anything else is a problem. */
  flag(name: string): boolean {
    const text = this.text(name);
    if (/^(true|True|TRUE)$/.test(text)) return true;
    if (!/^(false|False|FALSE|)$/.test(text)) {
      this.addProblem(
        name,
        `must be true or false, not ${JSON.stringify(text)}.`,
        `Write ${name}: true or ${name}: false.`,
      );
    }
    return false;
  }

  /** One of `options`; anything else is a problem and the first option is returned. */
  choice<T extends string>(name: string, options: readonly [T, ...T[]]): T {
    const text = this.text(name);
    const found = options.find((option) => option === text);
    if (found !== undefined) return found;
    this.addProblem(
      name,
      `must be one of ${options.join(', ')}, not ${JSON.stringify(text)}.`,
      suggestName(text, options),
    );
    return options[0];
  }

  /** Runs a parser and turns what it throws into a problem of this input. */
  attempt<T>(name: string, parse: () => T): T | undefined {
    try {
      return parse();
    } catch (error) {
      const { message, hint } = error as { message?: string; hint?: string };
      this.addProblem(name, message ?? String(error), hint ?? '');
      return undefined;
    }
  }
}

/** The inputs of which each stands in for this one. */
export function listUnless({ requiredUnless = [] }: InputSpec): readonly string[] {
  return typeof requiredUnless === 'string' ? [requiredUnless] : requiredUnless;
}

/** `Did you mean x?` for the nearest of `known`, or the whole list where nothing is near. */
export function suggestName(name: string, known: readonly string[]): string {
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const nearest = ranked[0];
  if (nearest !== undefined && nearest.distance <= Math.max(2, Math.floor(name.length / 3))) {
    return `Did you mean ${nearest.candidate}?`;
  }
  return `Known: ${known.join(', ')}.`;
}

function splitTrimmed(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current[j] = Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1);
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
