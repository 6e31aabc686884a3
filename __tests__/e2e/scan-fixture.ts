import { runStep, type StepResult } from '../../lab/runner.ts';
import { findTool } from '../../lab/tools.ts';
import { type AttestationOutput, scanJsonOutputsSchema } from '../../src/scan/json-outputs.ts';
import type { Scene } from './fixture.ts';

export const VULN_TYPE = 'https://cosign.sigstore.dev/attestation/vuln/v1';

/** A step of the action scan; the policy lies over one with the scene's databases and without a log. */
export interface ScanStep {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly event?: string;
}

/** Runs `dist/scan.js` as a runner would, signing with the scene's key where it attests. */
export function runScan(scene: Scene, images: readonly string[], step: ScanStep = {}): Promise<StepResult> {
  const { inputs, policy = {}, env, event } = step;
  return runStep({
    action: 'scan',
    inputs: {
      ...{ images: images.join('\n'), 'cosign-key': 'env://COSIGN_PRIVATE_KEY' },
      ...{ trivy: findTool('trivy'), cosign: findTool('cosign'), policy: scanPolicy(scene, policy) },
      ...inputs,
    },
    env: { COSIGN_PRIVATE_KEY: scene.key.privateKey, COSIGN_PASSWORD: scene.key.password, ...env },
    ...(event === undefined ? {} : { event }),
  });
}

/** That policy, as text. */
export function scanPolicy({ databases }: Scene, policy: Readonly<Record<string, unknown>> = {}): string {
  const mirrors = {
    databases: [`${databases.host}/mirror/trivy-db:2`],
    javaDatabases: [`${databases.host}/mirror/trivy-java-db:1`],
  };
  const scan = { ...mirrors, ...(policy.scan as object | undefined) };
  return JSON.stringify({ version: 1, signature: { transparencyLog: false }, ...policy, scan });
}

/** How such a step ended: its exit code, its result, what was attested. */
export function scanEndOf({ code, outputs }: StepResult): [number | null, string | undefined, string[]] {
  return [code, outputs.result, attestationsOf(outputs).map(({ result }) => result)];
}

/** The output `attestations`, which must have the form of its schema. */
export function attestationsOf(outputs: StepResult['outputs']): AttestationOutput[] {
  return scanJsonOutputsSchema.parse({
    vulnerabilities: JSON.parse(outputs.vulnerabilities ?? ''),
    attestations: JSON.parse(outputs.attestations ?? ''),
  }).attestations;
}
