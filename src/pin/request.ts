import { resolve } from 'node:path';
import type { ReadContext } from '../base/action.ts';
import { FieldReader } from '../base/fields.ts';
import { type ImageDemands, readImageDemands } from '../check/demands.ts';
import { throwProblems } from '../inputs/policy-files.ts';
import { readTimeout } from '../inputs/run-inputs.ts';
import { listFiles } from '../workload/list-files.ts';
import { PIN_INPUTS } from './inputs.ts';
import { readSettings, type Setting } from './setting.ts';

/** What is to be pinned, where, and what becomes of it; checked as far as it can be without a registry. */
export interface PinRequest extends ImageDemands {
  readonly workspace: string;
  /** From the root of the workspace. */
  readonly files: readonly string[];
  /** Undefined for every image of the files. */
  readonly settings: readonly Setting[] | undefined;
  readonly refresh: boolean;
  readonly dryRun: boolean;
  /** Where the unified diff goes; undefined for nowhere. */
  readonly patch: string | undefined;
  readonly publishing: Publishing;
  readonly workDirectory: string;
  readonly timeoutMs: number;
  readonly summary: boolean;
}

/** What becomes of the changes beside the files. */
export interface Publishing {
  readonly kind: 'none' | 'commit' | 'pull-request';
  readonly push: boolean;
  /** '' for one that says what was pinned. */
  readonly message: string;
  readonly ticket: string | undefined;
  readonly skipCi: boolean;
}

/** Turns raw inputs into a request; throws UsageError with every problem at once. */
export async function readPinRequest(raw: Readonly<Record<string, string>>, context: ReadContext): Promise<PinRequest> {
  const fields = new FieldReader(raw, PIN_INPUTS);
  const { files, problems } = await listFiles(fields.lines('files'), context.workspace);
  fields.addProblems(problems);
  const settings = readSettings(fields);
  const publishing = readPublishing(fields, context);
  const demands = await readImageDemands(fields, raw.policy ?? '', context);
  const [refresh, dryRun, summary] = [fields.flag('refresh'), fields.flag('dry-run'), fields.flag('summary')];
  const patch = fields.text('patch');
  const timeoutMs = readTimeout(fields);
  throwProblems(fields.problems);
  return {
    ...demands,
    ...{ files, settings, refresh, dryRun, publishing, timeoutMs, summary },
    workspace: context.workspace,
    patch: patch === '' ? undefined : resolve(context.workspace, patch),
    workDirectory: fields.text('work-dir'),
  };
}

function readPublishing(fields: FieldReader, { hasPullRequests }: ReadContext): Publishing {
  const [commit, pullRequest] = [fields.flag('commit'), fields.flag('pull-request')];
  if (pullRequest && hasPullRequests !== true) {
    const fix = 'Use commit: true, push a branch, and open it there; or use the action.';
    fields.addProblem('pull-request', 'needs GitHub Actions: a command line has no pull requests.', fix);
  }
  const kind = pullRequest ? 'pull-request' : commit ? 'commit' : 'none';
  if (kind === 'none') {
    for (const name of ['commit-message', 'ticket'].filter((each) => fields.isGiven(each))) {
      fields.addProblem(name, 'is given, and nothing is committed.', 'Set commit: true or pull-request: true.');
    }
  }
  const ticket = fields.text('ticket');
  if (/[\p{Cc}\u2028\u2029]/u.test(ticket) || ticket.length > 200) {
    fields.addProblem('ticket', 'must be one line of at most 200 characters.', 'Write an id, such as CVE-2026-1234.');
  }
  return {
    ...{ kind, push: fields.flag('push'), message: fields.text('commit-message'), skipCi: fields.flag('skip-ci') },
    ticket: ticket === '' ? undefined : ticket,
  };
}
