import { parseArgs } from 'node:util';
import { type Problem, UsageError } from '../../base/error.ts';
import { type InputSpec, suggestName } from '../../base/fields.ts';

/** What a command line says, before anything of it is checked. */
export interface Arguments {
  readonly inputs: Readonly<Record<string, string>>;
  readonly json: boolean;
  readonly help: boolean;
  /** The secret that comes from standard input, when one does. */
  readonly standardInput: string | undefined;
}

const STDIN_SUFFIX = '-stdin';

/** A secret on a command line is seen by everybody on the machine. */
export function isSecretInput(name: string): boolean {
  return /(?:-password|-token|^registry-auth)$/.test(name);
}

/** True for an input that is `true` or `false`: its flag needs no value. */
export function isFlagInput(spec: InputSpec): boolean {
  return spec.flag === true || spec.default === 'true' || spec.default === 'false';
}

/** Reads `--input value` for the inputs of an action; a flag that is repeated makes a list, a line each. Throws UsageError with every problem at once. */
export function readArguments(args: readonly string[], specs: Readonly<Record<string, InputSpec>>): Arguments {
  const problems: Problem[] = [];
  const values = new Map<string, string[]>();
  let standardInput: string | undefined;
  const flags = listFlags(args, specs, problems);
  for (const { name, value } of flags) {
    const piped = secretOf(name, specs);
    if (isSecretInput(name)) {
      problems.push({
        where: `--${name}`,
        message: 'is a secret, which everybody on this machine could read here.',
        fix: `Put it into the variable ${toVariable(name)}, or give it on standard input with --${name}${STDIN_SUFFIX}.`,
      });
    } else if (piped !== undefined && standardInput !== undefined) {
      problems.push({ where: `--${name}`, message: 'is a second secret from standard input.', fix: 'Use a variable.' });
    } else if (piped !== undefined) standardInput = piped;
    else if (name !== 'json' && name !== 'help') values.set(name, [...(values.get(name) ?? []), value]);
  }
  if (problems.length > 0) throw new UsageError(problems);
  return {
    inputs: Object.fromEntries([...values].map(([name, all]) => [name, all.join('\n')])),
    json: isSet(flags, 'json'),
    help: isSet(flags, 'help'),
    standardInput,
  };
}

/** The secret that a flag such as `--source-password-stdin` reads from standard input. */
function secretOf(flag: string, specs: Readonly<Record<string, InputSpec>>): string | undefined {
  const name = flag.endsWith(STDIN_SUFFIX) ? flag.slice(0, -STDIN_SUFFIX.length) : '';
  return Object.hasOwn(specs, name) && isSecretInput(name) ? name : undefined;
}

function isSet(flags: readonly Flag[], name: string): boolean {
  return flags.some((flag) => flag.name === name && flag.value !== 'false');
}

/** The variable that may hold a secret input, such as PROMOTE_IMAGE_SOURCE_PASSWORD. */
export function toVariable(name: string): string {
  return `PROMOTE_IMAGE_${name.toUpperCase().replaceAll('-', '_')}`;
}

interface Flag {
  readonly name: string;
  readonly value: string;
}

function listFlags(args: readonly string[], specs: Readonly<Record<string, InputSpec>>, problems: Problem[]): Flag[] {
  const isFlag = (name: string): boolean => {
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    return spec === undefined ? name === 'json' || name === 'help' || name.endsWith(STDIN_SUFFIX) : isFlagInput(spec);
  };
  const known = [...Object.keys(specs), 'json', 'help'];
  const isKnown = (name: string): boolean => known.includes(name) || secretOf(name, specs) !== undefined;
  // Not strict: its errors come one at a time, and suggest no name.
  const { tokens } = parseArgs({
    args: writeOut(args, isFlag),
    options: Object.fromEntries(known.map((name) => [name, { type: 'string', multiple: true }] as const)),
    ...{ strict: false, allowPositionals: true, tokens: true },
  });
  return tokens.flatMap((token, i): Flag[] => {
    if (token.kind === 'option-terminator') return [];
    if (token.kind === 'positional') {
      // The value of a flag nobody knows is told with the flag, and may be a secret.
      const before = tokens[i - 1];
      if (before?.kind === 'option' && !isKnown(before.name)) return [];
      problems.push({ where: token.value, message: 'is no flag.', fix: 'Write --input value for each input.' });
      return [];
    }
    const { name, rawName, value, inlineValue } = token;
    if (!isKnown(name)) {
      problems.push({ where: rawName, message: 'is no input of this action.', fix: suggestName(name, known) });
      return [];
    }
    if (value === undefined || (inlineValue === false && value.startsWith('--'))) {
      problems.push({ where: rawName, message: 'has no value.', fix: `Write ${rawName} value.` });
      return [];
    }
    return [{ name, value }];
  });
}

/** Gives each flag its value: `--dry-run` is `--dry-run=true`, and `--sign false` is `--sign=false`. */
function writeOut(args: readonly string[], isFlag: (name: string) => boolean): string[] {
  return args.flatMap((arg, i) => {
    const before = args[i - 1] ?? '';
    const isValue = /^(?:true|false)$/.test(arg) && before.startsWith('--') && isFlag(before.slice(2));
    if (isValue) return [];
    if (arg === '-h') return ['--help=true'];
    if (!arg.startsWith('--') || !isFlag(arg.slice(2))) return [arg];
    const next = args[i + 1] ?? '';
    return [`${arg}=${/^(?:true|false)$/.test(next) ? next : 'true'}`];
  });
}
