import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './process.ts';
import { findTool } from './tools.ts';

/** What `slsa-verifier verify-vsa` is asked. */
export interface VsaQuestion {
  /** A DSSE envelope in JSON, or a Sigstore bundle that holds one. */
  readonly envelope: string | Uint8Array;
  /** PEM. */
  readonly publicKey: string;
  /** `sha256:…`; each has to be a subject. */
  readonly digests: readonly string[];
  readonly verifierId: string;
  readonly resourceUri: string;
  readonly levels?: readonly string[];
}

/** What it answered. */
export interface VsaVerdict {
  readonly passed: boolean;
  /** All that it printed. */
  readonly message: string;
}

/** Asks the real slsa-verifier about a verification summary; https://slsa.dev/spec/v1.1/verification_summary */
export async function runSlsaVerifier(question: VsaQuestion): Promise<VsaVerdict> {
  const directory = await mkdtemp(join(tmpdir(), 'lab-slsa-'));
  const [envelope, publicKey] = [join(directory, 'vsa.json'), join(directory, 'key.pub')];
  try {
    await writeFile(envelope, openBundle(question.envelope));
    await writeFile(publicKey, question.publicKey);
    const { code, stdout, stderr } = await run(
      findTool('slsa-verifier'),
      [
        ...['verify-vsa', '--attestation-path', envelope, '--public-key-path', publicKey],
        ...question.digests.flatMap((digest) => ['--subject-digest', digest]),
        ...['--verifier-id', question.verifierId, '--resource-uri', question.resourceUri],
        ...(question.levels ?? []).flatMap((level) => ['--verified-level', level]),
      ],
      { env: { HOME: directory, TMPDIR: directory } },
    );
    return { passed: code === 0, message: `${stdout}${stderr}`.trim() };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** It reads envelopes, not bundles. */
function openBundle(given: string | Uint8Array): string {
  const text = Buffer.from(given).toString();
  const { dsseEnvelope } = JSON.parse(text) as { dsseEnvelope?: object };
  return dsseEnvelope === undefined ? text : JSON.stringify(dsseEnvelope);
}
