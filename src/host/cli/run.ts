import { homedir } from 'node:os';
import type { Action } from '../../base/action.ts';
import { UsageError } from '../../base/error.ts';
import { suggestName } from '../../base/fields.ts';
import { HostError } from '../machine/error.ts';
import { readGivenToken } from '../machine/identity-token.ts';
import type { PortsFor } from '../machine/ports.ts';
import { createRedactor } from '../machine/redactor.ts';
import { type Host, runAction } from '../machine/run-action.ts';
import { type Arguments, readArguments } from './arguments.ts';
import { createFolderCache, findCacheFolder } from './folder-cache.ts';
import { gatherInputs } from './gather-inputs.ts';
import { COMMAND, type HelpSubject, renderActionHelp, renderCommandHelp } from './help.ts';
import { createCliLog } from './log.ts';
import { publishCrash, publishReport } from './publish.ts';

/** An action as the command line sees it: what is said of it, and how it is started. */
export interface CliAction extends HelpSubject {
  readonly noOutputs: Readonly<Record<string, string>>;
  readonly start: (host: Host) => Promise<void>;
}

/** The actions by their names; each is loaded only when it is asked for. */
export type CliActions = Readonly<Record<string, () => Promise<CliAction>>>;

/** Makes an action one of the command line's; what its request and outcome are made of is nobody's business there. */
export function toCliAction<Request, Outcome, Role extends string>(
  action: Action<Request, PortsFor<Role>, Outcome, Role>,
): CliAction {
  return { ...action, start: (host) => runAction(action, host) };
}

/** Runs an action from a command line: flags in; log, outputs and exit code out. No code of GitHub Actions is loaded. */
export async function runCli(actions: CliActions, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const [name = '--help', ...rest] = args;
  const load = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (load !== undefined) return runOne(await load(), rest, env);
  if (name === '--help' || name === '-h' || name === 'help') {
    const all = await Promise.all(Object.values(actions).map((each) => each()));
    process.stdout.write(renderCommandHelp(all));
  } else {
    const fix = suggestName(name, Object.keys(actions));
    const problem = { where: name, message: `is no action of ${COMMAND}.`, fix };
    publishCrash(new UsageError([problem]), {}, false);
  }
}

async function runOne(action: CliAction, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  let given: Arguments;
  try {
    given = readArguments(args, action.inputs);
  } catch (error) {
    publishCrash(error, action.noOutputs, args.includes('--json'));
    return;
  }
  if (given.help) {
    process.stdout.write(renderActionHelp(action));
    return;
  }
  const { json } = given;
  const redactor = createRedactor();
  // With --json, standard output is the document and nothing else.
  const log = createCliLog(redactor, (text) => void (json ? process.stderr : process.stdout).write(text));
  await action.start({
    ...{ env, log, redactor, workspace: process.cwd() },
    readInputs: () => gatherInputs(action, given, env),
    cache: createFolderCache(findCacheFolder(env, homedir())),
    readBaseCommit: async () => {
      throw new HostError('BASE_COMMIT', 'on a pull request, the command line cannot tell which policy was reviewed', {
        hint: 'Use the action there: it reads the policy from the base commit.',
      });
    },
    identityToken: readGivenToken(env, log),
    publish: async (report) => publishReport(report, json),
    publishCrash: async (error) => publishCrash(error, action.noOutputs, json),
  });
}
