import type { Login, ReadContext } from '../base/action.ts';
import { FieldReader } from '../base/fields.ts';
import { formatReference, parseReference, type Reference } from '../image/reference.ts';
import { readCertificateFiles } from '../inputs/certificates.ts';
import { isPullRequest } from '../inputs/event.ts';
import { NamedFiles } from '../inputs/named-files.ts';
import { readPolicies, throwProblems } from '../inputs/policy-files.ts';
import { readRegistryAuth } from '../inputs/registry-auth.ts';
import { readTimeout, readTool } from '../inputs/run-inputs.ts';
import { readScanInputs } from '../inputs/scan-inputs.ts';
import { readSigningKey } from '../inputs/signing-key.ts';
import { readSigstoreFile } from '../inputs/sigstore-files.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import type { Exception } from '../policy/exceptions.ts';
import { mergePolicies } from '../policy/merge.ts';
import { tighten } from '../policy/tighten.ts';
import type { SigningKey } from '../signer/key.ts';
import { SCAN_INPUTS } from './inputs.ts';

/** What is to be scanned and how, checked as far as it can be without a registry. */
export interface ScanRequest {
  /** Each once. */
  readonly images: readonly Reference[];
  readonly logins: ReadonlyMap<string, Login>;
  /** Its scan is never off, and always of the layers. */
  readonly policy: EffectivePolicy;
  readonly environment: string | undefined;
  /** From `trivyignores`; those of the policy are in the policy. */
  readonly exceptions: readonly Exception[];
  /** The texts of the policy's VEX documents. */
  readonly vexDocuments: readonly string[];
  /** PEM certificates of the policy's `registries.ca`. */
  readonly ca: string | undefined;
  readonly attest: boolean;
  /** Undefined when nothing is attested. */
  readonly key: SigningKey | undefined;
  /** The text of a Sigstore signing configuration, as JSON. */
  readonly signingConfig: string | undefined;
  /** The text of a Sigstore trusted root, as JSON. */
  readonly trustedRoot: string | undefined;
  readonly tools: { readonly trivy: string; readonly cosign: string };
  readonly workDirectory: string;
  readonly timeoutMs: number;
  readonly summary: boolean;
}

/** Turns raw inputs into a request; throws UsageError with every problem at once. */
export async function readScanRequest(
  raw: Readonly<Record<string, string>>,
  context: ReadContext,
): Promise<ScanRequest> {
  const fields = new FieldReader(raw, SCAN_INPUTS);
  const images = readImages(fields);
  const logins = await readRegistryAuth(fields);
  const environment = fields.text('environment') || undefined;
  const attest = fields.flag('attest');
  const key = attest ? await readSigningKey(fields, false, context, 'set attest: false') : undefined;
  if (attest) refuseUntrustedEvent(fields, context.event);
  const { policies, problems } = await readPolicies(raw.policy ?? '', context.files);
  fields.addProblems(problems);
  const named = new NamedFiles(fields, context.files);
  const { exceptions, ...scan } = await readScanInputs(fields, named);
  const tools = {
    trivy: await readTool(fields, 'trivy', context),
    cosign: await readTool(fields, 'cosign', context),
  };
  const timeoutMs = readTimeout(fields);
  const summary = fields.flag('summary');
  const merged = mergePolicies(policies, environment);
  if (problems.length === 0) fields.addProblems(merged.problems);
  const { policy, problems: loosened } = tighten(merged.policy, {
    ...scan,
    // What a promotion has to sign is no business of a scan.
    ...{ sign: true, attest: true, hasIgnoreFiles: fields.isGiven('trivyignores') },
    ...readFiles(fields),
  });
  fields.addProblems(loosened);
  const vexDocuments = await named.readAll('policy', policy.scan.vex, 'scan.vex');
  const ca = readCertificateFiles(await named.readAll('policy', policy.registries.ca, 'registries.ca'));
  fields.addProblems(ca.problems);
  const { signature } = policy;
  const signingConfig = await readSigstoreFile(fields, named, 'signing-config', signature.signingConfig);
  const trustedRoot = await readSigstoreFile(fields, named, 'trusted-root', signature.trustedRoot);
  throwProblems(fields.problems);
  return {
    ...{ images, logins, environment, exceptions, attest, key, signingConfig, trustedRoot, tools, timeoutMs, summary },
    policy: { ...policy, scan: { ...policy.scan, mode: askedMode(policy), from: 'image' } },
    vexDocuments: vexDocuments.map(({ text }) => text),
    ca: ca.certificates.length === 0 ? undefined : ca.certificates.join(''),
    workDirectory: fields.text('work-dir'),
  };
}

/** A policy that switches the scan of promotions off refuses nothing, and does not keep anybody from looking. */
function askedMode({ scan }: EffectivePolicy): 'enforce' | 'report' {
  return scan.mode === 'off' ? 'report' : scan.mode;
}

function readImages(fields: FieldReader): readonly Reference[] {
  const lines = fields.lines('images');
  if (lines.length === 0 && fields.isGiven('images')) {
    fields.addProblem('images', 'holds only comments.', 'Write image references, a line each.');
  }
  const images = lines.flatMap((line) => fields.attempt('images', () => parseReference(line)) ?? []);
  return [...new Map(images.map((image) => [formatReference(image), image])).values()];
}

function readFiles(fields: FieldReader): { readonly signingConfig?: string; readonly trustedRoot?: string } {
  const [signingConfig, trustedRoot] = [fields.text('signing-config'), fields.text('trusted-root')];
  return {
    ...(signingConfig === '' ? {} : { signingConfig }),
    ...(trustedRoot === '' ? {} : { trustedRoot }),
  };
}

/** A pull request can come from anybody: it may look, but leave no evidence. */
function refuseUntrustedEvent(fields: FieldReader, event: string): void {
  if (!isPullRequest(event)) return;
  const fix = 'Set attest: false, or attest on push, schedule or workflow_dispatch.';
  fields.addProblem('attest', `must be false on ${event}: a pull request vouches for nothing.`, fix);
}
