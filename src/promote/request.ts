import { FieldReader } from '../base/fields.ts';
import type { Severity } from '../image/finding.ts';
import { formatReference, parseReference, type Reference, type TagReference } from '../image/reference.ts';
import { parseDuration } from '../policy/duration.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import type { Exception } from '../policy/exceptions.ts';
import { parseIgnoreFile } from '../policy/ignore-file.ts';
import { mergePolicies } from '../policy/merge.ts';
import { parseSeverities } from '../policy/severities.ts';
import { tighten } from '../policy/tighten.ts';
import type { SigningKey } from '../signer/key.ts';
import type { ToolName } from '../tool/known-tools.ts';
import { parseToolInput } from '../tool/request.ts';
import { readCertificateFiles } from './certificates.ts';
import { PROMOTE_INPUTS } from './inputs.ts';
import { type RoleCredentials, readCredentials } from './logins.ts';
import { type FileReader, readFor, readPolicies, throwProblems } from './policy-files.ts';
import type { PolicySource } from './ports.ts';
import { readSigning, type SigningContext } from './signing-inputs.ts';

/** Everything a promotion was asked for, checked as far as it can be without a registry. */
export interface PromoteRequest {
  readonly source: Reference;
  readonly targets: readonly TagReference[];
  readonly credentials: RoleCredentials;
  readonly policy: EffectivePolicy;
  readonly policySources: readonly PolicySource[];
  readonly environment: string | undefined;
  readonly dryRun: boolean;
  readonly existingTag: 'refuse' | 'accept-same-digest';
  /** From `trivyignores`; those of the policy are in the policy. */
  readonly exceptions: readonly Exception[];
  /** The texts of the policy's VEX documents. */
  readonly vexDocuments: readonly string[];
  /** PEM certificates of the policy's `registries.ca`. */
  readonly ca: string | undefined;
  readonly sign: boolean;
  readonly attest: boolean;
  readonly key: SigningKey | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  readonly referrers: 'copy' | 'ignore';
  readonly tools: { readonly trivy: string; readonly cosign: string };
  readonly workDirectory: string;
  readonly timeoutMs: number;
  readonly summary: boolean;
}

/** Where a request comes from: the event decides whether anything may be written. */
export interface RequestContext extends SigningContext {
  readonly event: string;
}

/** Turns raw inputs into a request; throws UsageError with every problem at once. */
export async function readRequest(
  raw: Readonly<Record<string, string>>,
  context: RequestContext,
): Promise<PromoteRequest> {
  const fields = new FieldReader(raw, PROMOTE_INPUTS);
  const source =
    fields.text('source') === '' ? undefined : fields.attempt('source', () => parseReference(fields.text('source')));
  const targets = readTargets(fields, source);
  const dryRun = fields.flag('dry-run');
  refuseUntrustedEvent(fields, context.event, dryRun);
  const credentials = readCredentials(fields, source, targets);
  const environment = fields.text('environment') || undefined;
  const signing = await readSigning(fields, dryRun, context);
  const { policies, problems } = await readPolicies(raw.policy ?? '', context.files);
  fields.addProblems(problems);
  const tools = {
    trivy: await readTool(fields, 'trivy', context.files),
    cosign: await readTool(fields, 'cosign', context.files),
  };
  const exceptions = await readIgnoreFiles(fields, context.files);
  const severity = readSeverity(fields);
  const ignoreUnfixed = fields.isGiven('ignore-unfixed') ? fields.flag('ignore-unfixed') : undefined;
  const scan = fields.isGiven('scan') ? fields.choice('scan', ['enforce', 'report', 'off']) : undefined;
  const existingTag = fields.choice('existing-tag', ['refuse', 'accept-same-digest']);
  const referrers = fields.choice('referrers', ['copy', 'ignore']);
  const timeoutMs = readTimeout(fields);
  const summary = fields.flag('summary');
  const merged = mergePolicies(policies, environment);
  // Policies that could not be read are a problem already; without them, the rest would seem to miss what they state.
  if (problems.length === 0) fields.addProblems(merged.problems);
  const tightened = tighten(merged.policy, {
    ...(severity === undefined ? {} : { severity }),
    ...(ignoreUnfixed === undefined ? {} : { ignoreUnfixed }),
    ...(scan === undefined ? {} : { scan }),
    sign: signing.sign,
    attest: signing.attest,
    hasIgnoreFiles: fields.isGiven('trivyignores'),
  });
  fields.addProblems(tightened.problems);
  const readNamed = (key: string, paths: readonly string[]) =>
    readTexts(fields, 'policy', paths, (path) => `names ${path} in ${key}`, context.files);
  const vexDocuments = await readNamed('scan.vex', tightened.policy.scan.vex);
  const ca = readCertificateFiles(await readNamed('registries.ca', tightened.policy.registries.ca));
  fields.addProblems(ca.problems);
  throwProblems(fields.problems);
  if (source === undefined) throw new TypeError('a missing source is a problem');
  return {
    source,
    targets,
    credentials,
    policy: tightened.policy,
    policySources: policies.map(({ name, digest }) => ({ name, digest })),
    environment,
    dryRun,
    existingTag,
    exceptions,
    vexDocuments: vexDocuments.map(({ text }) => text),
    ca: ca.certificates.length === 0 ? undefined : ca.certificates.join(''),
    ...signing,
    referrers,
    tools,
    workDirectory: fields.text('work-dir'),
    timeoutMs,
    summary,
  };
}

function readSeverity(fields: FieldReader): readonly Severity[] | undefined {
  if (!fields.isGiven('severity')) return undefined;
  const { severities, problem } = parseSeverities(fields.list('severity').map((entry) => entry.toUpperCase()));
  if (problem !== undefined) fields.addProblem('severity', problem.message, problem.fix);
  return severities;
}

async function readTool(fields: FieldReader, name: ToolName, files: FileReader): Promise<string> {
  const text = fields.text(name);
  const tool = fields.attempt(name, () => parseToolInput(name, text));
  if (tool?.kind === 'path' && !(await files.isExecutable(tool.path))) {
    fields.addProblem(
      name,
      `names ${tool.path}, which is no file that can be run.`,
      'Check the path, or leave it empty for the pinned version.',
    );
  }
  return text;
}

function readTimeout(fields: FieldReader): number {
  const text = fields.text('timeout');
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined)
    fields.addProblem('timeout', `is ${JSON.stringify(text)}.`, 'Write a duration such as 30m or 1h.');
  return milliseconds ?? 0;
}

function readTargets(fields: FieldReader, source: Reference | undefined): TagReference[] {
  const seen = new Set<string>();
  const lines = fields.lines('target');
  if (lines.length === 0 && fields.isGiven('target')) {
    fields.addProblem('target', 'holds only comments.', 'Write one or more registry/repo:tag, a line each.');
  }
  return lines.flatMap((line) => {
    const target = fields.attempt('target', () => parseReference(line));
    if (target === undefined) return [];
    if (target.kind === 'digest') {
      fields.addProblem(
        'target',
        `${line} names a digest.`,
        'Name a tag, registry/repo:tag: the digest is the one of the source.',
      );
      return [];
    }
    const name = formatReference(target);
    if (seen.has(name)) fields.addProblem('target', `${name} is named twice.`, 'Remove one.');
    seen.add(name);
    if (source !== undefined && source.tag === target.tag && source.repository === target.repository) {
      fields.addProblem('target', `${name} is the source itself.`, 'Promote to another repository or tag.');
    }
    return [target];
  });
}

/** True for every event that a pull request raises, its reviews and comments included. */
export function isPullRequest(event: string): boolean {
  return event.startsWith('pull_request');
}

/** A pull request can come from anybody: it may look, but not write. */
function refuseUntrustedEvent(fields: FieldReader, event: string, dryRun: boolean): void {
  if (dryRun || !isPullRequest(event)) return;
  fields.addProblem(
    'dry-run',
    `must be true on ${event}: a pull request does not promote.`,
    'Set dry-run: true, or promote on push, release or workflow_dispatch.',
  );
}

async function readIgnoreFiles(fields: FieldReader, files: FileReader): Promise<Exception[]> {
  const paths = fields.list('trivyignores');
  const texts = await readTexts(fields, 'trivyignores', paths, (path) => `names ${path}`, files);
  const parsed = texts.map(({ path, text }) => parseIgnoreFile(text, path));
  fields.addProblems(parsed.flatMap(({ problems }) => problems));
  return parsed.flatMap(({ exceptions }) => exceptions);
}

/** The texts of the files that an input names, on a pull request from the base commit; one that is not there or cannot be read is a problem. */
async function readTexts(
  fields: FieldReader,
  input: string,
  paths: readonly string[],
  describe: (path: string) => string,
  files: FileReader,
): Promise<{ readonly path: string; readonly text: string }[]> {
  const texts: { path: string; text: string }[] = [];
  for (const path of paths) {
    const file = await readFor(`input ${input}`, () => files.readPolicy(path));
    if ('problem' in file) fields.addProblems([file.problem]);
    else if (file.text !== undefined) texts.push({ path, text: file.text });
    else {
      const fix = 'Check the path, and that actions/checkout ran before this step.';
      fields.addProblem(input, `${describe(path)}, which does not exist.`, fix);
    }
  }
  return texts;
}
