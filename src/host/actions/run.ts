import type { Action } from '../../base/action.ts';
import type { PortsFor } from '../machine/ports.ts';
import { createRedactor } from '../machine/redactor.ts';
import { runAction } from '../machine/run-action.ts';
import { readFromBaseCommit } from './base-commit.ts';
import { readInputs } from './inputs.ts';
import { createActionsLog } from './log.ts';
import { createIdentityToken } from './oidc.ts';
import { publishCrash, publishReport } from './publish.ts';
import { createPullRequests } from './pull-requests.ts';
import { createToolCache } from './tool-cache.ts';

/** Runs an action as a step of a job: inputs in; outputs, annotations, summary and exit code out. */
export async function runStep<Request, Outcome, Role extends string>(
  action: Action<Request, PortsFor<Role>, Outcome, Role>,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const redactor = createRedactor();
  const log = createActionsLog(redactor);
  const workspace = env.GITHUB_WORKSPACE || process.cwd();
  const toSummaryFile = (isWanted: boolean): string | undefined => (isWanted ? env.GITHUB_STEP_SUMMARY : undefined);
  await runAction(action, {
    ...{ env, workspace, log, redactor },
    readInputs: async () => readInputs(env),
    cache: createToolCache(env),
    readBaseCommit: (path, token) => readFromBaseCommit(path, { workspace, env, token }),
    identityToken: createIdentityToken(env, log),
    pullRequests: (token) => createPullRequests(env, token),
    publish: (report, summary) => publishReport(report, toSummaryFile(summary)),
    publishCrash: (error, summary) => publishCrash(error, action, toSummaryFile(summary)),
  });
}
