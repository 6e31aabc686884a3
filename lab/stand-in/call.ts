/** A tool's command line as a stand-in sees it; paths in `args` are those of real files. */
export interface Call {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** How a stand-in ended, as a process would. */
export interface CallResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A tool was asked for something its real self would refuse as well, with the exit code it would have. */
export class CallError extends Error {
  readonly code: number;

  constructor(message: string, code = 1) {
    super(message);
    this.code = code;
  }
}

/** Runs a stand-in: a CallError is its exit code and a line on standard error. */
export async function endCall(work: () => Promise<string>): Promise<CallResult> {
  try {
    return { code: 0, stdout: await work(), stderr: '' };
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return { code: error.code, stdout: '', stderr: `${error.message}\n` };
  }
}

/** The value of a flag, given as `--name value` or `--name=value`; throws when the flag is not there. */
export function readFlag(args: readonly string[], name: string): string {
  const inline = args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1);
  const value = inline ?? (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  if (value === undefined) throw new CallError(`Error: required flag ${name} not set`);
  return value;
}

/** Whether a flag of yes or no is set, as `--name` or `--name=true`. */
export function hasFlag(args: readonly string[], name: string): boolean {
  return args.includes(name) || args.includes(`${name}=true`);
}

/** Throws for a flag that is not listed: the values of flags that take one stand behind them or an equals sign. */
export function demandKnownFlags(args: readonly string[], known: readonly string[]): void {
  const unknown = args.find((arg) => arg.startsWith('-') && !known.includes(arg.split('=')[0] ?? ''));
  if (unknown !== undefined) throw new CallError(`Error: unknown flag: ${unknown}`);
}
