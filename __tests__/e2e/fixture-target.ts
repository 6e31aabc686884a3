import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuiltImage, INDEX_TYPE, MANIFEST_TYPE } from '../../lab/image/descriptor.ts';
import { run } from '../../lab/process.ts';
import { findTool } from '../../lab/tools.ts';

export const RECORD_TYPE = 'https://promote-image.github.io/promotion/v1';

/** What a promotion that scans leaves attached: signature, record, verification summary and scan. */
export const EVIDENCE_TYPES: readonly string[] = [
  'https://cosign.sigstore.dev/attestation/vuln/v1',
  RECORD_TYPE,
  'https://sigstore.dev/cosign/sign/v1',
  'https://slsa.dev/verification_summary/v1',
];

/** The digest of `host/repo:tag` as crane tells it; rejects when it is not there. */
export async function readDigest(reference: string): Promise<string> {
  const { code, stdout, stderr } = await run(findTool('crane'), ['digest', reference]);
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
}

/** What a registry answers to a GET below `/v2/`: its status and bytes. */
export async function read(host: string, path: string): Promise<{ readonly status: number; readonly bytes: Buffer }> {
  const types = [...Object.values(MANIFEST_TYPE), ...Object.values(INDEX_TYPE)].join(', ');
  const answer = await fetch(`http://${host}/v2/${path}`, { headers: { Accept: types } });
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** The digests of an image's manifests and blobs that a repository does not hold, byte for byte. */
export async function findMissing(host: string, repository: string, image: BuiltImage): Promise<string[]> {
  const missing: string[] = [];
  for (const [digest, { kind, bytes }] of image.contents) {
    const answer = await read(host, `${repository}/${kind}s/${digest}`);
    if (answer.status !== 200 || !answer.bytes.equals(bytes)) missing.push(`${kind} ${digest}`);
  }
  return missing;
}

/** What refers to a digest, by the referrers API or else by the fallback tag; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers */
export async function listReferrers(
  host: string,
  repository: string,
  digest: string,
): Promise<
  { readonly digest: string; readonly artifactType?: string; readonly annotations?: Record<string, string> }[]
> {
  const byApi = await read(host, `${repository}/referrers/${digest}`);
  const answer = byApi.status === 200 ? byApi : await read(host, `${repository}/manifests/${digest.replace(':', '-')}`);
  return answer.status === 200 ? (JSON.parse(answer.bytes.toString()).manifests ?? []) : [];
}

/** The predicate types of the bundles attached to a digest, in order. */
export async function listEvidence(host: string, repository: string, digest: string): Promise<string[]> {
  const referrers = await listReferrers(host, repository, digest);
  return referrers.flatMap(({ annotations }) => annotations?.['dev.sigstore.bundle.predicateType'] ?? []).sort();
}

/** What a key holder, or anybody with a public key, does with stock cosign: `verify`, `verify-attestation`, `sign`. */
export async function runCosign(
  args: readonly string[],
  key: { readonly publicKey?: string; readonly privateKey?: string; readonly password?: string },
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const cwd = await mkdtemp(join(tmpdir(), 'promote-image-cosign-'));
  try {
    await writeFile(join(cwd, 'cosign.pub'), key.publicKey ?? '');
    await writeFile(join(cwd, 'cosign.key'), key.privateKey ?? '');
    const env = { HOME: cwd, PATH: process.env.PATH, COSIGN_PASSWORD: key.password ?? '' };
    return await run(findTool('cosign'), args, { cwd, env });
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

/** `cosign verify` by this key, demanding these signed annotations. */
export function verifySignature(
  reference: string,
  publicKey: string,
  annotations: Readonly<Record<string, string>> = {},
): ReturnType<typeof runCosign> {
  const wanted = Object.entries(annotations).flatMap(([name, value]) => ['-a', `${name}=${value}`]);
  return runCosign(['verify', '--key', 'cosign.pub', '--insecure-ignore-tlog=true', ...wanted, reference], {
    publicKey,
  });
}

/** `cosign verify-attestation` by this key. */
export function verifyAttestation(
  reference: string,
  publicKey: string,
  type: string = RECORD_TYPE,
): ReturnType<typeof runCosign> {
  const args = ['verify-attestation', '--key', 'cosign.pub', '--insecure-ignore-tlog=true', '--type', type, reference];
  return runCosign(args, { publicKey });
}

/** The statement in a Sigstore bundle or a DSSE envelope. */
export function readStatement(text: string): {
  readonly subject: { readonly name?: string }[];
  readonly predicate: unknown;
} {
  const json = JSON.parse(text) as { payload?: string; dsseEnvelope?: { payload: string } };
  const payload = json.payload ?? json.dsseEnvelope?.payload ?? '';
  return JSON.parse(Buffer.from(payload, 'base64').toString());
}
