import type { Login, ReadContext } from '../base/action.ts';
import type { FieldReader } from '../base/fields.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import { readCertificateFiles } from '../inputs/certificates.ts';
import { NamedFiles } from '../inputs/named-files.ts';
import { readPolicies } from '../inputs/policy-files.ts';
import { readRegistryAuth } from '../inputs/registry-auth.ts';
import { readTool } from '../inputs/run-inputs.ts';
import { readSeverity } from '../inputs/scan-inputs.ts';
import { readPolicyKeys, readSigstoreFile } from '../inputs/sigstore-files.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import { mergePolicies } from '../policy/merge.ts';
import { tighten } from '../policy/tighten.ts';
import { tightenImages } from '../policy/tighten-images.ts';
import { readImageRules } from './image-inputs.ts';
import { readAnchor } from './trust-inputs.ts';

/** What images of workload files must be, and what finding that out needs: the same for whoever reads or writes such files. */
export interface ImageDemands {
  /** Its images are what the inputs left of them, and its scan is what images are scanned by. */
  readonly policy: EffectivePolicy;
  readonly environment: string | undefined;
  /** Who must have signed, by the inputs; what policies demand is in the policy. */
  readonly anchor: TrustAnchor | undefined;
  /** The public keys in PEM that policies name, by their paths. */
  readonly keys: ReadonlyMap<string, string>;
  /** The text of a Sigstore trusted root, as JSON. */
  readonly trustedRoot: string | undefined;
  /** The texts of the policy's VEX documents. */
  readonly vexDocuments: readonly string[];
  readonly logins: ReadonlyMap<string, Login>;
  /** PEM certificates of the policy's `registries.ca`. */
  readonly ca: string | undefined;
  readonly tools: { readonly trivy: string; readonly cosign: string };
}

/** Reads the policy and the inputs of that kind; what is wrong with them are problems of `fields`. */
export async function readImageDemands(
  fields: FieldReader,
  policyInput: string,
  context: ReadContext,
): Promise<ImageDemands> {
  const environment = fields.text('environment') || undefined;
  const logins = await readRegistryAuth(fields);
  const { policies, problems } = await readPolicies(policyInput, context.files);
  fields.addProblems(problems);
  const merged = mergePolicies(policies, environment);
  if (problems.length === 0) fields.addProblems(merged.problems);
  const path = fields.text('trusted-root');
  const severity = readSeverity(fields);
  const laid = tightenImages(merged.policy, readImageRules(fields));
  const { policy: tightened, problems: looser } = tighten(laid.policy, {
    ...{ sign: true, attest: true, hasIgnoreFiles: false },
    ...(severity === undefined ? {} : { severity }),
    ...(path === '' ? {} : { trustedRoot: path }),
  });
  fields.addProblems([...laid.problems, ...looser]);
  // What a promotion scans is its own matter: here, the layers are, where images are scanned at all.
  const policy: EffectivePolicy = {
    ...tightened,
    scan: { ...tightened.scan, mode: tightened.images.scan, from: 'image' },
  };
  const isScanned = policy.images.scan !== 'off';
  const named = new NamedFiles(fields, context.files);
  const ca = readCertificateFiles(await named.readAll('policy', policy.registries.ca, 'registries.ca'));
  fields.addProblems(ca.problems);
  const vexDocuments = isScanned ? await named.readAll('policy', policy.scan.vex, 'scan.vex') : [];
  const isSigned = policy.images.verify === 'signed' || policy.images.verify === 'promoted';
  const trustedRoot = isSigned
    ? await readSigstoreFile(fields, named, 'trusted-root', policy.signature.trustedRoot)
    : undefined;
  const anchor = await readAnchor(fields, policy, context, problems.length === 0);
  const keys = isSigned
    ? await readPolicyKeys(fields, named, policy, ['promotion', 'source'])
    : new Map<string, string>();
  const tools = {
    trivy: await readTool(fields, 'trivy', context),
    cosign: await readTool(fields, 'cosign', context),
  };
  return {
    ...{ policy, environment, anchor, keys, trustedRoot, logins, tools },
    vexDocuments: vexDocuments.map(({ text }) => text),
    ca: ca.certificates.length === 0 ? undefined : ca.certificates.join(''),
  };
}
