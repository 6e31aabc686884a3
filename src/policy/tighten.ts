import type { Problem } from '../base/error.ts';
import { SEVERITIES, type Severity } from '../image/finding.ts';
import type { EffectivePolicy, EffectiveScan, JudgedPolicy, ScanMode, UploadTime } from './effective.ts';
import { GATING_KEYS } from './stated.ts';
import { findLooserTrust, type TrustInputs, tightenSignature } from './tighten-trust.ts';

/** What the inputs say about what a policy may have stated; an input that was not given is absent. */
export interface PolicyInputs extends TrustInputs {
  readonly severity?: readonly Severity[];
  readonly ignoreUnfixed?: boolean;
  readonly scan?: ScanMode;
  readonly upload?: UploadTime;
  readonly sign: boolean;
  readonly attest: boolean;
  /** True when ignore files were named, whatever is in them. */
  readonly hasIgnoreFiles: boolean;
}

/** From strict to weak. */
const MODES: readonly ScanMode[] = ['enforce', 'report', 'off'];

/** Lays the inputs over the policy. Where a policy states a key, the input may only be stricter; where none does, the input decides. */
export function tighten(policy: EffectivePolicy, inputs: PolicyInputs): JudgedPolicy {
  const { scan } = policy;
  const tightened: EffectiveScan = {
    ...scan,
    mode: inputs.scan ?? scan.mode,
    severity: inputs.severity ?? scan.severity,
    ignoreUnfixed: inputs.ignoreUnfixed ?? scan.ignoreUnfixed,
  };
  const problems = [
    ...judgeSeverity(policy, inputs),
    ...judgeUnfixed(policy, inputs),
    ...judgeMode(policy, inputs),
    ...judgeUpload(policy, inputs),
    ...judgeSigning(policy, inputs),
    ...judgeIgnoreFiles(policy, inputs),
    ...findLooserTrust(policy, inputs),
  ];
  const upload = inputs.upload ?? policy.upload;
  return { policy: { ...policy, scan: tightened, upload, signature: tightenSignature(policy, inputs) }, problems };
}

function judgeSeverity({ scan, stated }: EffectivePolicy, { severity }: PolicyInputs): Problem[] {
  const names = stated['scan.severity'];
  if (names === undefined || severity === undefined) return [];
  const missing = scan.severity.filter((entry) => !severity.includes(entry));
  if (missing.length === 0) return [];
  const wanted = SEVERITIES.filter((entry) => severity.includes(entry) || scan.severity.includes(entry));
  const message = `leaves out ${missing.join(', ')}, which ${list(names)} in scan.severity.`;
  return [{ where: 'input severity', message, fix: `Write ${wanted.join(',')}, or leave the input out.` }];
}

function judgeUnfixed({ scan, stated }: EffectivePolicy, { ignoreUnfixed }: PolicyInputs): Problem[] {
  const key = GATING_KEYS.find((candidate) => stated[candidate] !== undefined);
  if (key === undefined || scan.ignoreUnfixed || ignoreUnfixed !== true) return [];
  const names = stated['scan.ignoreUnfixed'];
  const message =
    names === undefined
      ? `is true, and ${list(stated[key] ?? [])} ${key}, which counts what has no fix as well.`
      : `is true, and ${list(names)} scan.ignoreUnfixed: false.`;
  return [{ where: 'input ignore-unfixed', message, fix: 'Leave the input out, or change the policy.' }];
}

/** A policy that says what refuses without saying that it refuses still means the default, enforce. */
function judgeMode({ scan, stated }: EffectivePolicy, { scan: mode }: PolicyInputs): Problem[] {
  const key = GATING_KEYS.find((candidate) => stated[candidate] !== undefined);
  if (key === undefined || mode === undefined || MODES.indexOf(mode) <= MODES.indexOf(scan.mode)) return [];
  const message = `is ${mode}, weaker than ${scan.mode}: ${list(stated[key] ?? [])} ${key}.`;
  return [{ where: 'input scan', message, fix: 'Leave the input out, or set scan.mode in the policy.' }];
}

function judgeUpload({ upload, stated }: EffectivePolicy, inputs: PolicyInputs): Problem[] {
  const names = stated.upload;
  if (names === undefined || upload !== 'after-gates' || inputs.upload !== 'during-gates') return [];
  const message = `is during-gates, and ${list(names)} upload: after-gates.`;
  return [{ where: 'input upload', message, fix: 'Leave the input out, or change the policy.' }];
}

/** A policy that says how signatures are made, or whose signature a promotion carries, wants them. */
function judgeSigning(policy: EffectivePolicy, { sign, attest }: PolicyInputs): Problem[] {
  return [...judgeUnsigned(policy, 'sign', sign), ...judgeUnsigned(policy, 'attest', attest)];
}

function judgeUnsigned(
  { signature, signers, stated }: EffectivePolicy,
  input: 'sign' | 'attest',
  value: boolean,
): Problem[] {
  if (value) return [];
  const promoters = signers.filter((list) => list.signers.some(({ role }) => role === 'promotion'));
  const isSigned = input === 'sign';
  const demands = [
    { key: 'signature.format', names: isSigned ? stated['signature.format'] : undefined },
    {
      key: 'signature.transparencyLog',
      names: isSigned && signature.transparencyLog ? stated['signature.transparencyLog'] : undefined,
    },
    { key: 'signers', names: promoters.length === 0 ? undefined : promoters.map(({ policy }) => policy) },
  ];
  const demand = demands.find(({ names }) => names !== undefined);
  if (demand === undefined) return [];
  const message = `is false, and ${list(demand.names ?? [])} ${demand.key}.`;
  return [{ where: `input ${input}`, message, fix: `Leave the input out, or remove ${demand.key} from the policy.` }];
}

function judgeIgnoreFiles({ stated }: EffectivePolicy, { hasIgnoreFiles }: PolicyInputs): Problem[] {
  const key = GATING_KEYS.find((candidate) => stated[candidate] !== undefined);
  if (key === undefined || !hasIgnoreFiles) return [];
  const message = `would loosen the policy: ${list(stated[key] ?? [])} ${key}.`;
  return [
    {
      where: 'input trivyignores',
      message,
      fix: "Put the entries into the policy's scan.ignore, each with reason and expires.",
    },
  ];
}

function list(names: readonly string[]): string {
  return `${names.join(' and ')} ${names.length === 1 ? 'states' : 'state'}`;
}
