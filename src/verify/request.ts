import type { Login, ReadContext } from '../base/action.ts';
import { FieldReader } from '../base/fields.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import { readCertificateFiles } from '../inputs/certificates.ts';
import { NamedFiles } from '../inputs/named-files.ts';
import { readPolicies, throwProblems } from '../inputs/policy-files.ts';
import { readRegistryAuth } from '../inputs/registry-auth.ts';
import { readTimeout, readTool } from '../inputs/run-inputs.ts';
import { readPolicyKeys, readSigstoreFile, refuseRootWithoutLog } from '../inputs/sigstore-files.ts';
import { readTrustAnchor } from '../inputs/trust-inputs.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import { mergePolicies } from '../policy/merge.ts';
import { tighten } from '../policy/tighten.ts';
import { VERIFY_INPUTS } from './inputs.ts';
import { type PlannedTargets, readPlannedTargets } from './planned-target.ts';
import { type RequestedImage, readImages } from './requested-image.ts';

/** What verify was asked, checked as far as it can be without a registry. */
export interface VerifyRequest {
  readonly images: readonly RequestedImage[];
  /** Kubernetes objects that name no image, counted by kind. */
  readonly ignored: readonly string[];
  /** Instead of images: the plan whose targets are looked at. */
  readonly plan: PlannedTargets | undefined;
  readonly policy: EffectivePolicy;
  /** The environment an image must have been promoted to; undefined for any. */
  readonly environment: string | undefined;
  /** Who must have signed a promotion, by the inputs; what policies demand is in the policy. */
  readonly anchor: TrustAnchor | undefined;
  /** The public keys in PEM that policies name, by their paths. */
  readonly keys: ReadonlyMap<string, string>;
  /** The text of a Sigstore trusted root, as JSON. */
  readonly trustedRoot: string | undefined;
  readonly logins: ReadonlyMap<string, Login>;
  /** PEM certificates of the policy's `registries.ca`. */
  readonly ca: string | undefined;
  readonly cosign: string;
  readonly timeoutMs: number;
  readonly summary: boolean;
}

/** Turns raw inputs into a request; throws UsageError with every problem at once. Without a policy, `environment` is only compared with what the records say. */
export async function readVerifyRequest(
  raw: Readonly<Record<string, string>>,
  context: ReadContext,
): Promise<VerifyRequest> {
  const fields = new FieldReader(raw, VERIFY_INPUTS);
  const plan = await readPlannedTargets(fields, context.files);
  const { images, ignored } = fields.isGiven('plan') ? { images: [], ignored: [] } : readImages(fields);
  const environment = plan?.environment ?? (fields.text('environment') || undefined);
  const logins = await readRegistryAuth(fields);
  const { policies, problems } = await readPolicies(raw.policy ?? '', context.files);
  fields.addProblems(problems);
  const merged = mergePolicies(policies, policies.length === 0 ? undefined : environment);
  if (problems.length === 0) fields.addProblems(merged.problems);
  const path = fields.text('trusted-root');
  const tightened = tighten(merged.policy, {
    ...{ sign: true, attest: true, hasIgnoreFiles: false },
    ...(path === '' ? {} : { trustedRoot: path }),
  });
  fields.addProblems(tightened.problems);
  const { policy } = tightened;
  const named = new NamedFiles(fields, context.files);
  const ca = readCertificateFiles(await named.readAll('policy', policy.registries.ca, 'registries.ca'));
  fields.addProblems(ca.problems);
  const { transparencyLog } = policy.signature;
  const trustedRoot = await readSigstoreFile(fields, named, 'trusted-root', policy.signature.trustedRoot);
  const before = fields.problems.length;
  const anchor = await readTrustAnchor(fields, '', { ...context, transparencyLog });
  if (problems.length === 0) refuseRootWithoutLog(fields, trustedRoot, 'promotion', policy, anchor);
  const keys = await readPolicyKeys(fields, named, policy, ['promotion']);
  const cosign = await readTool(fields, 'cosign', context);
  const timeoutMs = readTimeout(fields);
  const summary = fields.flag('summary');
  if (anchor === undefined && fields.problems.length === before && problems.length === 0) demandTrust(fields, policy);
  throwProblems(fields.problems);
  return {
    ...{ images, ignored, plan, policy, environment, anchor, keys, trustedRoot, logins, cosign, timeoutMs, summary },
    ca: ca.certificates.length === 0 ? undefined : ca.certificates.join(''),
  };
}

/** Whoever pushed an image can sign a record of it: only whom the user trusts tells something, and nobody is trusted at first sight. */
function demandTrust(fields: FieldReader, policy: EffectivePolicy): void {
  if (policy.signers.some(({ signers }) => signers.some(({ role }) => role === 'promotion'))) return;
  fields.addProblem(
    'key',
    'is empty, and nothing else says whose promotions to trust.',
    'Give key, or certificate-identity and certificate-oidc-issuer, or a policy with signers of role promotion.',
  );
}
