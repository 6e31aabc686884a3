import type { ReadContext } from '../base/action.ts';
import { FieldReader, type InputSpec } from '../base/fields.ts';
import type { Reference, TagReference } from '../image/reference.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import { readCertificateFiles } from '../inputs/certificates.ts';
import { isPullRequest } from '../inputs/event.ts';
import { NamedFiles } from '../inputs/named-files.ts';
import { type PolicySource, readPolicies, throwProblems } from '../inputs/policy-files.ts';
import { readTimeout, readTool } from '../inputs/run-inputs.ts';
import { readScanInputs } from '../inputs/scan-inputs.ts';
import { readPolicyKeys, readSigstoreFile, refuseRootWithoutLog } from '../inputs/sigstore-files.ts';
import { readTrustAnchor } from '../inputs/trust-inputs.ts';
import { type ApprovedPlan, readApprovedPlan } from '../plan/plan-file.ts';
import type { PlanText } from '../plan/plan-text.ts';
import type { EffectivePolicy, JudgedPolicy, ScanMode } from '../policy/effective.ts';
import type { Exception } from '../policy/exceptions.ts';
import { mergePolicies } from '../policy/merge.ts';
import type { ExistingTag } from '../policy/tag-state.ts';
import { tighten } from '../policy/tighten.ts';
import type { SigningKey } from '../signer/key.ts';
import { explainNoSbomSigner } from './attested-sbom.ts';
import { PROMOTE_INPUTS } from './inputs.ts';
import { type RoleCredentials, readCredentials } from './logins.ts';
import { readSource, readTargets } from './reference-inputs.ts';
import { readSigning } from './signing-inputs.ts';

/** Everything a promotion was asked for, checked as far as it can be without a registry. */
export interface PromoteRequest {
  readonly source: Reference;
  readonly targets: readonly TagReference[];
  readonly credentials: RoleCredentials;
  readonly policy: EffectivePolicy;
  readonly policySources: readonly PolicySource[];
  readonly environment: string | undefined;
  readonly dryRun: boolean;
  readonly existingTag: ExistingTag;
  /** From `trivyignores`; those of the policy are in the policy. */
  readonly exceptions: readonly Exception[];
  /** The texts of the policy's VEX documents. */
  readonly vexDocuments: readonly string[];
  /** PEM certificates of the policy's `registries.ca`. */
  readonly ca: string | undefined;
  readonly sign: boolean;
  readonly attest: boolean;
  /** Undefined when nothing is signed, or when a dry run has neither key nor token. */
  readonly key: SigningKey | undefined;
  /** The text of a Sigstore signing configuration, as JSON. */
  readonly signingConfig: string | undefined;
  /** The text of a Sigstore trusted root, as JSON. */
  readonly trustedRoot: string | undefined;
  /** Who must have signed the source, by the inputs; what policies demand is in the policy. */
  readonly sourceAnchor: TrustAnchor | undefined;
  /** The public keys in PEM that policies name, by their paths. */
  readonly keys: ReadonlyMap<string, string>;
  /** What the inputs and policies name besides policies, and the digests of their texts: a plan made with others is stale. */
  readonly files: readonly PolicySource[];
  /** The approved plan that is to be carried out, and nothing else. */
  readonly plan: PlanText | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  /** What the alerts of its findings are filed under; its repository when absent. */
  readonly category?: string;
  readonly referrers: 'copy' | 'ignore';
  readonly tools: { readonly trivy: string; readonly cosign: string };
  readonly workDirectory: string;
  readonly timeoutMs: number;
  readonly summary: boolean;
}

/** Where a request comes from: the event decides whether anything may be written. */
export type RequestContext = ReadContext;

/** The inputs of which each names a signer of the source. */
const SOURCE_SIGNERS = ['source-key', 'source-certificate-identity', 'source-certificate-identity-regexp'] as const;

/** What a promotion was asked for besides which image goes where: the images of a batch share it. */
export interface Settings
  extends Omit<PromoteRequest, 'source' | 'targets' | 'credentials' | 'plan' | 'policy' | 'category'> {
  /** The policy with the inputs laid over it, and what a promotion of a batch says of its own scan in place of the input. */
  readonly tightenFor: (scan?: ScanMode) => JudgedPolicy;
}

/** Turns raw inputs into a request for one image; throws UsageError with every problem at once. */
export async function readRequest(
  raw: Readonly<Record<string, string>>,
  context: RequestContext,
): Promise<PromoteRequest> {
  const fields = new FieldReader(raw, PROMOTE_INPUTS);
  return readOne(fields, await readApprovedPlan(fields, context.files), raw, context);
}

/** What of a batch means nothing for one image. */
const BATCH_ONLY = ['shard', 'shards', 'max-parallel', 'fail-fast'] as const;

/** Reads a request for one image, once its plan was read. */
export async function readOne(
  fields: FieldReader,
  approved: ApprovedPlan | undefined,
  raw: Readonly<Record<string, string>>,
  context: RequestContext,
): Promise<PromoteRequest> {
  const plan = approved !== undefined && 'plan' in approved ? approved : undefined;
  // A plan that could not be read may be that of a batch.
  const isOneImage = approved !== undefined || !fields.isGiven('plan');
  for (const name of isOneImage ? BATCH_ONLY : []) {
    // A runner gives the defaults of action.yml as if the user had.
    const { default: preset }: InputSpec = PROMOTE_INPUTS[name];
    if (!fields.isGiven(name) || fields.text(name) === preset) continue;
    fields.addProblem(name, 'is for a batch, and this is one image.', 'Leave it out.');
  }
  const source = readSource(fields, plan?.plan);
  const targets = readTargets(fields, source, plan?.plan);
  const credentials = await readCredentials(fields, source === undefined ? [] : [source], targets);
  const { tightenFor, ...settings } = await readSettings(fields, raw, context);
  throwProblems(fields.problems);
  if (source === undefined) throw new TypeError('a missing source is a problem');
  return { source, targets, credentials, plan, policy: tightenFor().policy, ...settings };
}

/** Reads everything but which image goes where; what is wrong becomes a problem of `fields`. */
export async function readSettings(
  fields: FieldReader,
  raw: Readonly<Record<string, string>>,
  context: RequestContext,
): Promise<Settings> {
  const dryRun = fields.flag('dry-run');
  refuseUntrustedEvent(fields, context.event, dryRun);
  const environment = fields.text('environment') || undefined;
  const signing = await readSigning(fields, dryRun, context);
  const { policies, problems } = await readPolicies(raw.policy ?? '', context.files);
  fields.addProblems(problems);
  const tools = {
    trivy: await readTool(fields, 'trivy', context),
    cosign: await readTool(fields, 'cosign', context),
  };
  const named = new NamedFiles(fields, context.files);
  const { exceptions, ...scan } = await readScanInputs(fields, named);
  const existingTag = readExistingTag(fields);
  const referrers = fields.choice('referrers', ['copy', 'ignore']);
  const timeoutMs = readTimeout(fields);
  const summary = fields.flag('summary');
  const merged = mergePolicies(policies, environment);
  // Policies that could not be read are a problem already; without them, the rest would seem to miss what they state.
  if (problems.length === 0) fields.addProblems(merged.problems);
  const inputs = {
    ...scan,
    sign: signing.sign,
    attest: signing.attest,
    hasIgnoreFiles: fields.isGiven('trivyignores'),
    ...readSignature(fields),
    ...readUpload(fields),
    // A policy that could not be read might name the signer.
    ...(problems.length === 0 ? { hasSourceAnchor: SOURCE_SIGNERS.some((name) => fields.isGiven(name)) } : {}),
  };
  const tightenFor = (mode?: ScanMode): JudgedPolicy =>
    tighten(merged.policy, { ...inputs, ...(mode === undefined ? {} : { scan: mode }) });
  const { policy, problems: loosened } = tightenFor();
  fields.addProblems(loosened);
  const { signature } = policy;
  refuseKeylessLegacy(fields, signing, policy, dryRun);
  const vexDocuments = await named.readAll('policy', policy.scan.vex, 'scan.vex');
  const ca = readCertificateFiles(await named.readAll('policy', policy.registries.ca, 'registries.ca'));
  fields.addProblems(ca.problems);
  const signingConfig = await readSigstoreFile(fields, named, 'signing-config', signature.signingConfig);
  const trustedRoot = await readSigstoreFile(fields, named, 'trusted-root', signature.trustedRoot);
  const { transparencyLog } = signature;
  const sourceAnchor = await readTrustAnchor(fields, 'source-', { ...context, transparencyLog });
  if (sourceAnchor?.kind === 'key') named.remember(sourceAnchor.name, sourceAnchor.key);
  if (problems.length === 0) refuseRootWithoutLog(fields, trustedRoot, 'source', policy, sourceAnchor);
  const keys = await readPolicyKeys(fields, named, policy);
  const unattested = explainNoSbomSigner(policy, sourceAnchor);
  if (unattested !== undefined && problems.length === 0) {
    const fix = 'Name such a signer under signers, give source-key or source-certificate-identity, or scan the image.';
    fields.addProblem('policy', unattested, fix);
  }
  return {
    tightenFor,
    policySources: policies.map(({ name, digest }) => ({ name, digest })),
    environment,
    dryRun,
    existingTag,
    exceptions,
    vexDocuments: vexDocuments.map(({ text }) => text),
    ca: ca.certificates.length === 0 ? undefined : ca.certificates.join(''),
    ...signing,
    signingConfig,
    trustedRoot,
    sourceAnchor,
    keys,
    files: named.sources,
    referrers,
    tools,
    workDirectory: fields.text('work-dir'),
    timeoutMs,
    summary,
  };
}

/** With a plan, a tag that got the digest since is what was approved; a batch is run again until all of it is there. */
function readExistingTag(fields: FieldReader): ExistingTag {
  if (!fields.isGiven('existing-tag')) {
    return fields.isGiven('plan') || fields.isGiven('promotions') ? 'accept-same-digest' : 'refuse';
  }
  return fields.choice('existing-tag', ['refuse', 'accept-same-digest', 'move']);
}

/** What the inputs say about how the target is signed; what they leave out, the policy or the default says. */
function readSignature(
  fields: FieldReader,
): Pick<Parameters<typeof tighten>[1], 'signatureFormat' | 'signingConfig' | 'trustedRoot'> {
  const isFormatGiven = fields.isGiven('signature-format');
  const [signingConfig, trustedRoot] = [fields.text('signing-config'), fields.text('trusted-root')];
  return {
    ...(isFormatGiven ? { signatureFormat: fields.choice('signature-format', ['bundle', 'legacy', 'both']) } : {}),
    ...(signingConfig === '' ? {} : { signingConfig }),
    ...(trustedRoot === '' ? {} : { trustedRoot }),
  };
}

function readUpload(fields: FieldReader): Pick<Parameters<typeof tighten>[1], 'upload'> {
  return fields.isGiven('upload') ? { upload: fields.choice('upload', ['after-gates', 'during-gates']) } : {};
}

/** The older form is only made with a key: what verifies it offline knows no certificates. */
function refuseKeylessLegacy(
  fields: FieldReader,
  { sign, key }: { readonly sign: boolean; readonly key: SigningKey | undefined },
  { signature: { format } }: EffectivePolicy,
  dryRun: boolean,
): void {
  if (!sign || format === 'bundle' || key?.kind !== 'keyless' || dryRun) return;
  const fix = 'Set cosign-key, or sign with signature-format: bundle.';
  fields.addProblem('cosign-key', `is empty, and signatures of the form ${format} are made with a key.`, fix);
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
