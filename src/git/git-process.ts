import type { Exec, ExecResult } from '../base/ports.ts';
import { stripControl } from '../base/text.ts';
import { GitError } from './error.ts';

/** What git needs of the world around it. */
export interface GitPorts {
  readonly exec: Exec;
  /** Where git finds its own configuration and keys: HOME and the like, and no token. */
  readonly gitEnv: Readonly<Record<string, string>>;
  /** Proxy and certificate settings, for what talks to a remote. */
  readonly networkEnv: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** How one call of git differs from the others. */
export interface GitCall {
  readonly input?: string;
  /** True for what talks to a remote. */
  readonly isRemote?: true;
  readonly env?: Readonly<Record<string, string>>;
}

/** git in one repository. */
export interface Git {
  /** Whatever it came to. */
  readonly try: (args: readonly string[], call?: GitCall) => Promise<ExecResult>;
  /** Its standard output; throws GIT_FAILED unless it ended well. */
  readonly read: (args: readonly string[], call?: GitCall) => Promise<string>;
  /** The same, without the line end. */
  readonly readLine: (args: readonly string[], call?: GitCall) => Promise<string>;
}

/** What a repository may not make git run, or show in another form than is read here. */
const SETTINGS: readonly string[] = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.quotePath=false',
  'protocol.ext.allow=never',
  'gc.auto=0',
  'maintenance.auto=false',
  'log.showSignature=false',
];

const ENVIRONMENT: Readonly<Record<string, string>> = {
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
};

/** Prepares git for a repository; `isTrusted` where the user named its directory, whoever owns it. */
export function createGit(ports: GitPorts, root: string, isTrusted: boolean): Git {
  const { exec, gitEnv, networkEnv, signal } = ports;
  const settings = isTrusted ? [...SETTINGS, `safe.directory=${root}`] : SETTINGS;
  const attempt = (args: readonly string[], call: GitCall = {}): Promise<ExecResult> =>
    exec(
      {
        file: 'git',
        args: [...settings.flatMap((setting) => ['-c', setting]), ...args],
        cwd: root,
        env: { ...ENVIRONMENT, ...gitEnv, ...(call.isRemote === true ? networkEnv : {}), ...call.env },
        ...(call.input === undefined ? {} : { input: call.input }),
      },
      signal,
    );
  const read = async (args: readonly string[], call?: GitCall): Promise<string> => {
    const result = await attempt(args, call);
    signal.throwIfAborted();
    if (result.code === 0) return result.stdout;
    throw new GitError('GIT_FAILED', `git ${args[0]} failed: ${describeComplaint(result)}`, {
      hint: 'Look at the repository with git status; another git may be at work in it.',
    });
  };
  return {
    try: async (args, call) => {
      const result = await attempt(args, call);
      signal.throwIfAborted();
      return result;
    },
    read,
    readLine: async (args, call) => (await read(args, call)).replace(/\r?\n$/, ''),
  };
}

/** What git said, on one line and not too long. */
export function describeComplaint({ stderr, stdout, code, signal }: ExecResult): string {
  const said = stripControl(stderr.trim() || stdout.trim(), { newlines: 'space' }).slice(0, 600);
  return said === '' ? `it ended with ${code ?? signal} and said nothing` : said;
}
