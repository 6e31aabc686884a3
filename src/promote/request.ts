import { z } from 'zod';
import { FieldReader } from '../base/fields.ts';
import type { Severity } from '../image/finding.ts';
import {
  formatReference,
  parseReference,
  type Reference,
  registryOf,
  type TagReference,
} from '../image/reference.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import { parseDuration } from '../policy/duration.ts';
import type { Exception } from '../policy/exceptions.ts';
import { parseIgnoreFile } from '../policy/ignore-file.ts';
import { mergePolicies } from '../policy/merge.ts';
import { parseSeverities } from '../policy/severities.ts';
import { tighten } from '../policy/tighten.ts';
import { parseSigningKey, type SigningKey } from '../signer/key.ts';
import { parse as parseYaml } from 'yaml';
import { PROMOTE_INPUTS } from './inputs.ts';
import { type FileReader, readPolicies, throwProblems } from './policy-files.ts';
import type { PolicySource } from './ports.ts';

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

/** Explicit credentials, by registry host, kept apart by role. */
export interface RoleCredentials {
  readonly source: ReadonlyMap<string, Login>;
  readonly target: ReadonlyMap<string, Login>;
}

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** Where a request comes from: the event decides whether anything may be written. */
export interface RequestContext {
  readonly workspace: string;
  readonly event: string;
  readonly files: FileReader;
  /** The variables cosign may need; only their presence is looked at. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Turns raw inputs into a request; throws UsageError with every problem at once. */
export async function readRequest(
  raw: Readonly<Record<string, string>>,
  context: RequestContext,
): Promise<PromoteRequest> {
  const fields = new FieldReader(raw, PROMOTE_INPUTS);
  const source = fields.text('source') === '' ? undefined : fields.attempt('source', () => parseReference(fields.text('source')));
  const targets = readTargets(fields, source);
  const dryRun = fields.flag('dry-run');
  refuseUntrustedEvent(fields, context.event, dryRun);
  const credentials = readCredentials(fields, source, targets);
  const environment = fields.text('environment') || undefined;
  const signing = await readSigning(fields, context);
  const { policies, problems } = await readPolicies(raw.policy ?? '', context.files);
  fields.addProblems(problems);
  const exceptions = await readIgnoreFiles(fields, context.files);
  const severity = readSeverity(fields);
  const ignoreUnfixed = fields.isGiven('ignore-unfixed') ? fields.flag('ignore-unfixed') : undefined;
  const scan = fields.isGiven('scan') ? fields.choice('scan', ['enforce', 'report', 'off']) : undefined;
  const existingTag = fields.choice('existing-tag', ['refuse', 'accept-same-digest']);
  const referrers = fields.choice('referrers', ['copy', 'ignore']);
  const timeoutMs = readTimeout(fields);
  const summary = fields.flag('summary');
  const merged = mergePolicies(policies, environment);
  fields.addProblems(merged.problems);
  const tightened = tighten(merged.policy, {
    ...(severity === undefined ? {} : { severity }),
    ...(ignoreUnfixed === undefined ? {} : { ignoreUnfixed }),
    ...(scan === undefined ? {} : { scan }),
    sign: signing.sign,
    hasIgnoreFiles: fields.isGiven('trivyignores'),
  });
  fields.addProblems(tightened.problems);
  const vexDocuments = await readTexts(fields, 'scan.vex', tightened.policy.scan.vex, context.files);
  const ca = await readTexts(fields, 'registries.ca', tightened.policy.registries.ca, context.files);
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
    vexDocuments,
    ca: ca.length === 0 ? undefined : ca.join('\n'),
    ...signing,
    referrers,
    tools: { trivy: fields.text('trivy'), cosign: fields.text('cosign') },
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

function readTimeout(fields: FieldReader): number {
  const text = fields.text('timeout');
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined) fields.addProblem('timeout', `is ${JSON.stringify(text)}.`, 'Write a duration such as 30m or 1h.');
  return milliseconds ?? 0;
}

function readTargets(fields: FieldReader, source: Reference | undefined): TagReference[] {
  const seen = new Set<string>();
  return fields.lines('target').flatMap((line) => {
    const target = fields.attempt('target', () => parseReference(line));
    if (target === undefined) return [];
    if (target.kind === 'digest') {
      fields.addProblem('target', `${line} names a digest.`, 'Name a tag, registry/repo:tag: the digest is the one of the source.');
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

/** A pull request can come from anybody: it may look, but not write. */
function refuseUntrustedEvent(fields: FieldReader, event: string, dryRun: boolean): void {
  if (dryRun || !/^pull_request(_target)?$/.test(event)) return;
  fields.addProblem('dry-run', `must be true on ${event}: a pull request does not promote.`, 'Set dry-run: true, or promote on push, release or workflow_dispatch.');
}

function readCredentials(fields: FieldReader, source: Reference | undefined, targets: readonly TagReference[]): RoleCredentials {
  const shared = readRegistryAuth(fields);
  const sourceHosts = source === undefined ? [] : [registryOf(source.repository)];
  const targetHosts = [...new Set(targets.map((target) => registryOf(target.repository)))];
  return {
    source: new Map([...shared, ...readLogin(fields, 'source', sourceHosts)]),
    target: new Map([...shared, ...readLogin(fields, 'target', targetHosts)]),
  };
}

function readLogin(fields: FieldReader, role: 'source' | 'target', hosts: readonly string[]): Map<string, Login> {
  const username = fields.text(`${role}-username`);
  const password = fields.secret(`${role}-password`);
  if (username === '' && password === '') return new Map();
  if (username === '' || password === '') {
    const missing = username === '' ? 'username' : 'password';
    fields.addProblem(`${role}-${missing}`, 'is empty while the other half of the login is given.', `Set both ${role}-username and ${role}-password, or neither (an empty secret is often one that this job cannot see).`);
    return new Map();
  }
  const [host, second] = hosts;
  if (second !== undefined) {
    fields.addProblem(`${role}-username`, `is one login, but the ${role} names several registries: ${hosts.join(', ')}.`, 'Use registry-auth, with an entry for each.');
  }
  return host === undefined ? new Map() : new Map([[host, { username, password }]]);
}

const registryAuthSchema = z.array(
  z.strictObject({ registry: z.string().min(1), username: z.string().min(1), password: z.string().min(1) }),
);

function readRegistryAuth(fields: FieldReader): Map<string, Login> {
  const text = fields.secret('registry-auth');
  if (text.trim() === '') return new Map();
  const problem = 'Write a YAML list with registry, username and password in each entry.';
  try {
    const parsed = registryAuthSchema.safeParse(parseYaml(text));
    if (parsed.success) {
      return new Map(parsed.data.map(({ registry, username, password }) => [registry.toLowerCase(), { username, password }]));
    }
    for (const issue of parsed.error.issues) fields.addProblem('registry-auth', `entry ${issue.path.join('.')}: ${issue.message}.`, problem);
  } catch {
    fields.addProblem('registry-auth', 'is not YAML.', problem);
  }
  return new Map();
}

interface Signing {
  readonly sign: boolean;
  readonly attest: boolean;
  readonly key: SigningKey | undefined;
  readonly annotations: Readonly<Record<string, string>>;
}

async function readSigning(fields: FieldReader, context: RequestContext): Promise<Signing> {
  const sign = fields.flag('sign');
  const attest = fields.flag('attest');
  const annotations = readAnnotations(fields);
  const text = fields.text('cosign-key');
  if (!sign && !attest) return { sign, attest, key: undefined, annotations };
  if (text === '') {
    fields.addProblem('cosign-key', 'is empty, and this release signs with a key only.', 'Set cosign-key: env://COSIGN_PRIVATE_KEY and give the step that variable, or set sign: false and attest: false.');
    return { sign, attest, key: undefined, annotations };
  }
  const key = parseSigningKey(text, context.workspace);
  if (key === undefined) {
    fields.addProblem('cosign-key', `names ${text.split(':')[0]}://, which this release does not use.`, 'Use env://COSIGN_PRIVATE_KEY or a file.');
  } else if (key.kind === 'env' && !context.env[key.variable]) {
    fields.addProblem('cosign-key', `names the variable ${key.variable}, which is empty or not set.`, `Give the step env: ${key.variable}: \${{ secrets.${key.variable} }}.`);
  } else if (key.kind === 'file' && (await context.files.readText(key.path)) === undefined) {
    fields.addProblem('cosign-key', `names the file ${text}, which cannot be read.`, 'Check the path, or use env://COSIGN_PRIVATE_KEY.');
  }
  return { sign, attest, key, annotations };
}

function readAnnotations(fields: FieldReader): Record<string, string> {
  const annotations: Record<string, string> = {};
  for (const line of fields.lines('signature-annotations')) {
    const equals = line.indexOf('=');
    const key = line.slice(0, Math.max(equals, 0)).trim();
    if (key === '') fields.addProblem('signature-annotations', `has the line ${JSON.stringify(line)}.`, 'Write key=value.');
    else if (key === 'target' || key === 'environment') {
      fields.addProblem('signature-annotations', `sets ${key}, which the promotion signs itself.`, 'Choose another key.');
    } else annotations[key] = line.slice(equals + 1).trim();
  }
  return annotations;
}

async function readIgnoreFiles(fields: FieldReader, files: FileReader): Promise<Exception[]> {
  const exceptions: Exception[] = [];
  for (const path of fields.list('trivyignores')) {
    const text = await files.readText(path);
    if (text === undefined) {
      fields.addProblem('trivyignores', `names ${path}, which does not exist.`, 'Check the path, and that actions/checkout ran before this step.');
      continue;
    }
    const parsed = parseIgnoreFile(text, path);
    fields.addProblems(parsed.problems);
    exceptions.push(...parsed.exceptions);
  }
  return exceptions;
}

async function readTexts(fields: FieldReader, key: string, paths: readonly string[], files: FileReader): Promise<string[]> {
  const texts: string[] = [];
  for (const path of paths) {
    const text = await files.readPolicy(path);
    if (text !== undefined) texts.push(text);
    else fields.addProblem('policy', `names ${path} in ${key}, which does not exist.`, 'Check the path, and that actions/checkout ran before this step.');
  }
  return texts;
}
