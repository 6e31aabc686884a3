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

/** A tool was asked for something its real self would refuse as well. */
export class CallError extends Error {}

/** Runs a stand-in: a CallError is exit code 1 and a line on standard error. */
export async function endCall(work: () => Promise<string>): Promise<CallResult> {
  try {
    return { code: 0, stdout: await work(), stderr: '' };
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return { code: 1, stdout: '', stderr: `${error.message}\n` };
  }
}

/** The value of a flag, given as `--name value` or `--name=value`; throws when the flag is not there. */
export function readFlag(args: readonly string[], name: string): string {
  const inline = args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1);
  const value = inline ?? (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  if (value === undefined) throw new CallError(`Error: required flag ${name} not set`);
  return value;
}
