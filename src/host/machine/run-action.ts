import { mkdir, mkdtemp, rmdir } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Action, ActionReport } from '../../base/action.ts';
import { describeError, UsageError } from '../../base/error.ts';
import type { ArchiveCache, Log, PullRequests } from '../../base/ports.ts';
import { redactError } from '../../base/redact-error.ts';
import { listenForCancel } from './cancel.ts';
import { openClients } from './clients.ts';
import { runCommand } from './exec.ts';
import { createFileReader } from './files.ts';
import { gitEnv, networkEnv, readCertificates, readRunIdentity } from './identity.ts';
import type { PortsFor } from './ports.ts';
import { maskProxyLogins, readProxy } from './proxy.ts';
import { type Redactor, withRedactedErrors } from './redactor.ts';
import { maskInputs, maskLogins, readKeyEnv, readKmsEnv } from './secrets.ts';
import { createToolProvider } from './tools.ts';

/** What is different between a step of a job and a command line. */
export interface Host {
  readonly env: NodeJS.ProcessEnv;
  readonly workspace: string;
  /** The inputs by their names; throws UsageError for what cannot be told apart. */
  readonly readInputs: () => Promise<Readonly<Record<string, string>>>;
  readonly log: Log;
  readonly redactor: Redactor;
  readonly cache: ArchiveCache;
  /** Reads a file of the base commit of a pull request, with this `github-token`. */
  readonly readBaseCommit: (path: string, token: string) => Promise<string | undefined>;
  readonly identityToken?: ((signal: AbortSignal) => Promise<string>) | undefined;
  /** The pull requests of the repository, as this `github-token` may open them; absent where there are none. */
  readonly pullRequests?: ((token: string) => PullRequests) | undefined;
  /** Tells how the action ended. `summary` says whether a job summary is wanted. */
  readonly publish: (report: ActionReport, summary: boolean) => Promise<void>;
  /** Tells of what ended before there was an outcome. */
  readonly publishCrash: (error: unknown, summary: boolean) => Promise<void>;
}

/** Runs any action: inputs in; outputs, messages and exit code out. The only place that catches everything. */
export async function runAction<Request, Outcome, Role extends string>(
  action: Action<Request, PortsFor<Role>, Outcome, Role>,
  host: Host,
): Promise<void> {
  const { env, log, redactor, workspace, cache } = host;
  const cancel = listenForCancel();
  const askForToken = host.identityToken;
  const identityToken = askForToken && (() => askForToken(cancel.signal));
  let raw: Readonly<Record<string, string>> = {};
  try {
    raw = await host.readInputs();
    maskInputs(raw, env, log);
    const event = env.GITHUB_EVENT_NAME ?? '';
    const token = raw['github-token'] ?? '';
    const files = createFileReader({
      ...{ workspace, event, home: env.HOME ?? homedir() },
      readBaseCommit: (path) => host.readBaseCommit(path, token),
    });
    const run = readRunIdentity(env);
    const request = await action.read(raw, {
      ...{ workspace, event, files, env, identityToken },
      repository: run.repository,
      hasPullRequests: host.pullRequests !== undefined,
    });
    const needs = action.describeNeeds(request);
    maskLogins(needs, log);
    cancel.setDeadline(needs.timeoutMs, raw.timeout?.trim() || (action.inputs.timeout?.default ?? ''));
    const { signal, cut } = cancel;
    const exec = withRedactedErrors(runCommand, redactor.redact);
    const proxy = readProxy(env);
    maskProxyLogins(proxy, log);
    const opened = openClients(needs, { env, exec, log, signal, cut, proxy });
    try {
      const outcome = await action.run(request, {
        ...opened.clients,
        ...{ log, cache, exec, signal, hold: cancel.hold, run, identityToken },
        clock: () => new Date(),
        provideTool: createToolProvider({ env, cache, log, signal, proxy, ca: needs.ca }),
        keyEnv: readKeyEnv(needs, env),
        kmsEnv: readKmsEnv(needs, env),
        gitEnv: gitEnv(env),
        pullRequests: host.pullRequests?.(token),
        networkEnv: networkEnv(env),
        certificates: readCertificates(env, needs.ca),
        workDirectory: await makeWorkDirectory(needs.workDirectory, env, workspace),
      });
      await host.publish(action.toReport(action.redact(outcome, redactor.redact)), needs.summary);
    } finally {
      await opened.close();
    }
  } catch (error) {
    const wantsSummary = raw.summary?.trim().toLowerCase() !== 'false';
    await host.publishCrash(redactError(error, redactor.redact), wantsSummary);
  } finally {
    cancel.release();
  }
}

async function makeWorkDirectory(wanted: string, env: NodeJS.ProcessEnv, workspace: string): Promise<string> {
  const directory = wanted === '' ? env.RUNNER_TEMP || tmpdir() : resolve(workspace, wanted);
  try {
    await mkdir(directory, { recursive: true });
    await rmdir(await mkdtemp(join(directory, 'promote-image-')));
  } catch (cause) {
    const message = `is ${JSON.stringify(directory)}, which is no directory that can be written to: ${describeError(cause)}.`;
    throw new UsageError([{ where: 'input work-dir', message, fix: 'Name a directory with room for the image.' }]);
  }
  return directory;
}
