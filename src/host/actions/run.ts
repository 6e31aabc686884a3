import * as core from '@actions/core';
import { appendFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { describeError, DomainError, UsageError } from '../../base/error.ts';
import type { Outcome } from '../../promote/outcome.ts';
import { toExitCode, toOutputs } from '../../promote/outputs.ts';
import { promote } from '../../promote/promote.ts';
import { renderSummary } from '../../promote/report.ts';
import { type PromoteRequest, readRequest } from '../../promote/request.ts';
import { neutralizeCommands, stripControl } from '../../report/escape.ts';
import { openClients } from './clients.ts';
import { runCommand } from './exec.ts';
import { createFileReader } from './files.ts';
import { networkEnv, readRunIdentity } from './identity.ts';
import { readInputs } from './inputs.ts';
import { createActionsLog } from './log.ts';
import { createToolCache } from './tool-cache.ts';
import { createToolProvider } from './tools.ts';

/** Runs promote as a step of a job: inputs in, outputs, annotations, summary and exit code out. The only place that catches everything. */
export async function runPromote(env: NodeJS.ProcessEnv): Promise<void> {
  const log = createActionsLog();
  const stop = listenForCancel();
  try {
    const raw = readInputs(env);
    const workspace = env.GITHUB_WORKSPACE || process.cwd();
    maskSecrets(raw, env, log.mask);
    const event = env.GITHUB_EVENT_NAME ?? '';
    const token = raw['github-token'] ?? '';
    const files = createFileReader({ workspace, event, env, token });
    const request = await readRequest(raw, { workspace, event, files, env });
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(request.timeoutMs)]);
    const clients = openClients(request, { env, exec: runCommand, log, signal });
    try {
      const cache = createToolCache(env);
      const outcome = await promote(request, {
        ...{ log, cache, signal },
        ...{ source: clients.source, target: clients.target, databases: clients.databases },
        clock: () => new Date(),
        exec: runCommand,
        provideTool: createToolProvider({ env, cache, log, signal }),
        keyEnv: readKeyEnv(request, env),
        networkEnv: networkEnv(env),
        run: readRunIdentity(env),
        workDirectory: await makeWorkDirectory(request, env, workspace),
      });
      await publish(outcome, request, env);
    } finally {
      await clients.close();
    }
  } catch (error) {
    reportCrash(error);
  } finally {
    stop.release();
  }
}

/** A runner that cancels sends SIGINT, then SIGTERM: both abort the run, which stops its children and ends as failed. */
function listenForCancel(): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const abort = (name: NodeJS.Signals): void =>
    controller.abort(new DomainError('CANCELLED', `cancelled by ${name}`));
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, abort);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, abort);
    },
  };
}

function maskSecrets(raw: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv, mask: (secret: string) => void): void {
  for (const role of ['source', 'target']) {
    const username = raw[`${role}-username`] ?? '';
    const password = raw[`${role}-password`] ?? '';
    if (password === '') continue;
    mask(password);
    mask(Buffer.from(`${username}:${password}`).toString('base64'));
  }
  for (const line of (raw['registry-auth'] ?? '').matchAll(/password:\s*(.+)/g)) mask((line[1] ?? '').replace(/^["']|["']$/g, ''));
  const variable = /^env:\/\/(\w+)$/.exec(raw['cosign-key'] ?? '')?.[1];
  for (const name of ['COSIGN_PASSWORD', variable]) if (name !== undefined && env[name]) mask(env[name]);
  if (raw['github-token']) mask(raw['github-token']);
}

function readKeyEnv({ key }: PromoteRequest, env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['COSIGN_PASSWORD', ...(key?.kind === 'env' ? [key.variable] : [])];
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

async function makeWorkDirectory(request: PromoteRequest, env: NodeJS.ProcessEnv, workspace: string): Promise<string> {
  const directory = request.workDirectory === '' ? (env.RUNNER_TEMP ?? tmpdir()) : resolve(workspace, request.workDirectory);
  await mkdir(directory, { recursive: true });
  return directory;
}

async function publish(outcome: Outcome, request: PromoteRequest, env: NodeJS.ProcessEnv): Promise<void> {
  for (const [name, value] of Object.entries(toOutputs(outcome))) core.setOutput(name, value);
  for (const { code, message, hint } of outcome.refusals) annotate(code, message, hint);
  if (outcome.result === 'failed') annotateError(outcome.error);
  else core.info(`Result: ${outcome.result}`);
  if (request.summary && env.GITHUB_STEP_SUMMARY) await appendFile(env.GITHUB_STEP_SUMMARY, renderSummary(outcome));
  process.exitCode = toExitCode(outcome);
}

/** What happened before there was an outcome: wrong use, each problem an annotation of its own, or a crash. */
function reportCrash(error: unknown): void {
  core.setOutput('result', 'failed');
  if (error instanceof UsageError) {
    for (const { where, message, fix } of error.problems) annotate('Wrong use', `${where}: ${message}`, fix);
    process.exitCode = 2;
    return;
  }
  annotateError(error);
  process.exitCode = 1;
}

function annotateError(error: unknown): void {
  if (error instanceof DomainError) annotate(error.code, describeError(error), error.hint);
  else annotate('Failed', describeError(error), undefined);
  if (error instanceof Error && error.stack !== undefined) core.debug(clean(error.stack));
}

function annotate(title: string, message: string, hint: string | undefined): void {
  core.error(clean(hint === undefined || hint === '' ? message : `${message}\n${hint}`), { title });
}

function clean(text: string): string {
  return neutralizeCommands(stripControl(text));
}

