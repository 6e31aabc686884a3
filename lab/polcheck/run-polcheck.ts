import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../process.ts';
import { findTool } from '../tools.ts';

/** What the library of CRI-O, podman and skopeo decided about an image. */
export interface PolicyVerdict {
  readonly accepted: boolean;
  /** Why not. */
  readonly message: string;
}

/**
 * Asks whether a policy.json (its text, or what it says) admits `host/repository:tag` or `…@digest`; of an index, its
 * child for `arch`, as a container engine would. Throws when there is no verdict: no registry, no image, no valid policy.
 */
export async function runPolcheck(policy: string | object, reference: string, arch = 'amd64'): Promise<PolicyVerdict> {
  const directory = await mkdtemp(join(tmpdir(), 'lab-polcheck-'));
  const [policyFile, registries] = [join(directory, 'policy.json'), join(directory, 'registries.d')];
  try {
    await mkdir(registries);
    // Without this the library looks for no signature in the registry.
    const attachments = { [reference.split('/')[0] ?? '']: { 'use-sigstore-attachments': true } };
    await writeFile(join(registries, 'lab.yaml'), JSON.stringify({ docker: attachments }));
    await writeFile(policyFile, typeof policy === 'string' ? policy : JSON.stringify(policy));
    const args = ['--policy', policyFile, '--registries', registries, '--arch', arch, reference];
    const env = { HOME: directory, TMPDIR: directory };
    const { code, stderr } = await run(findTool('polcheck'), args, { env });
    if (code !== 0 && code !== 1) throw new Error(`polcheck ${reference} ended with ${code}: ${stderr}`);
    return { accepted: code === 0, message: stderr.trim() };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** How a `sigstoreSigned` requirement compares the name in a signature; https://github.com/containers/image/blob/main/docs/containers-policy.json.5.md */
export type SignedIdentity =
  | { readonly type: 'matchExact' | 'matchRepoDigestOrExact' | 'matchRepository' }
  | { readonly type: 'exactReference'; readonly dockerReference: string }
  | { readonly type: 'exactRepository'; readonly dockerRepository: string }
  | { readonly type: 'remapIdentity'; readonly prefix: string; readonly signedPrefix: string };

/** A policy.json that admits what this key (PEM) signed, and nothing else. Without an identity the library's default holds. */
export function requireSignature(publicKey: string, signedIdentity?: SignedIdentity): object {
  const keyData = Buffer.from(publicKey).toString('base64');
  return { default: [{ type: 'sigstoreSigned', keyData, ...(signedIdentity && { signedIdentity }) }] };
}
