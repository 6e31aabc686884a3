import { mkdir, mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describeError, UsageError } from '../../base/error.ts';
import { promote } from '../../promote/promote.ts';
import { type PromoteRequest, readRequest } from '../../promote/request.ts';
import { listenForCancel } from './cancel.ts';
import { openClients } from './clients.ts';
import { runCommand } from './exec.ts';
import { createFileReader } from './files.ts';
import { networkEnv, readCertificates, readRunIdentity } from './identity.ts';
import { readInputs } from './inputs.ts';
import { createActionsLog } from './log.ts';
import { readProxy } from './proxy.ts';
import { publishCrash, publishOutcome } from './publish.ts';
import { createRedactor, redactError, redactOutcome, withRedactedErrors } from './redactor.ts';
import { maskInputs, maskLogins, readKeyEnv } from './secrets.ts';
import { createToolCache } from './tool-cache.ts';
import { createToolProvider } from './tools.ts';

/** Runs promote as a step of a job: inputs in; outputs, annotations, summary and exit code out. The only place that catches everything. */
export async function runPromote(env: NodeJS.ProcessEnv): Promise<void> {
  const redactor = createRedactor();
  const log = createActionsLog(redactor);
  const cancel = listenForCancel();
  try {
    const raw = readInputs(env);
    maskInputs(raw, env, log);
    const workspace = env.GITHUB_WORKSPACE || process.cwd();
    const event = env.GITHUB_EVENT_NAME ?? '';
    const files = createFileReader({ workspace, event, env, token: raw['github-token'] ?? '' });
    const request = await readRequest(raw, { workspace, event, files, env });
    maskLogins(request, log);
    cancel.setDeadline(request.timeoutMs, raw.timeout?.trim() || '1h');
    const { signal, cut } = cancel;
    const cache = createToolCache(env);
    const exec = withRedactedErrors(runCommand, redactor.redact);
    const clients = openClients(request, { env, exec, log, signal, cut });
    try {
      const outcome = await promote(request, {
        ...{ log, cache, signal, hold: cancel.hold },
        ...{ source: clients.source, target: clients.target, databases: clients.databases },
        clock: () => new Date(),
        exec,
        provideTool: createToolProvider({ env, cache, log, signal, proxy: readProxy(env), ca: request.ca }),
        keyEnv: readKeyEnv(request, env),
        networkEnv: networkEnv(env),
        certificates: readCertificates(env, request.ca),
        run: readRunIdentity(env),
        workDirectory: await makeWorkDirectory(request, env, workspace),
      });
      await publishOutcome(
        redactOutcome(outcome, redactor.redact),
        request.summary ? env.GITHUB_STEP_SUMMARY : undefined,
      );
    } finally {
      await clients.close();
    }
  } catch (error) {
    const wantsSummary = readInputs(env).summary?.trim().toLowerCase() !== 'false';
    await publishCrash(redactError(error, redactor.redact), wantsSummary ? env.GITHUB_STEP_SUMMARY : undefined);
  } finally {
    cancel.release();
  }
}

async function makeWorkDirectory(request: PromoteRequest, env: NodeJS.ProcessEnv, workspace: string): Promise<string> {
  const fallback = env.RUNNER_TEMP || tmpdir();
  const directory = request.workDirectory === '' ? fallback : resolve(workspace, request.workDirectory);
  try {
    await mkdir(directory, { recursive: true });
    await rmdir(await mkdtemp(join(directory, 'promote-image-')));
  } catch (cause) {
    const message = `is ${JSON.stringify(directory)}, which is no directory that can be written to: ${describeError(cause)}.`;
    throw new UsageError([{ where: 'input work-dir', message, fix: 'Name a directory with room for the image.' }]);
  }
  return directory;
}
