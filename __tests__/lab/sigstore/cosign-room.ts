import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunResult, run } from '../../../lab/process.ts';
import { type Sigstore, type SigstoreOptions, startSigstore } from '../../../lab/sigstore/sigstore.ts';
import { findTool } from '../../../lab/tools.ts';

export const DIGEST = 'b'.repeat(64);
export const TYPE = 'https://example.com/promotion/v1';

/** A Sigstore and cosign, which gets nothing of this machine and its user. */
export interface CosignRoom {
  readonly sigstore: Sigstore;
  readonly directory: string;
  cosign(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<RunResult>;
  /** Signs with a token; the bundle's path comes back with what cosign said. */
  sign(token: string): Promise<RunResult & { readonly bundle: string }>;
  /** `cosign verify-blob-attestation` by identity and issuer, which `args` may override and add to. */
  verify(bundle: string, args?: readonly string[]): Promise<RunResult>;
  close(): Promise<void>;
}

export async function openCosignRoom(options: SigstoreOptions = {}): Promise<CosignRoom> {
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-keyless-'));
  const sigstore = await startSigstore(join(directory, 'sigstore'), options);
  const home = join(directory, 'home');
  await mkdir(home);
  const statement = join(directory, 'statement.json');
  const subject = [{ name: 'app', digest: { sha256: DIGEST } }];
  const content = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType: TYPE, predicate: { run: '77' } };
  await writeFile(statement, JSON.stringify(content));
  let serial = 0;
  const cosign: CosignRoom['cosign'] = (args, env = {}) =>
    run(findTool('cosign'), args, { cwd: directory, env: { HOME: home, ...env } });
  return {
    sigstore,
    directory,
    cosign,
    async sign(token) {
      const bundle = join(directory, `bundle-${++serial}.json`);
      const file = join(directory, `token-${serial}`);
      await writeFile(file, token, { mode: 0o600 });
      const where = ['--signing-config', sigstore.signingConfigPath, '--trusted-root', sigstore.trustedRootPath];
      const what = ['--statement', statement, '--bundle', bundle, '--identity-token', file];
      return { bundle, ...(await cosign(['attest-blob', '-y', ...where, ...what])) };
    },
    verify(bundle, args = []) {
      const who = ['--certificate-identity', sigstore.identityOf(), '--certificate-oidc-issuer', sigstore.issuer];
      const what = ['--type', TYPE, '--digest', DIGEST, '--digestAlg', 'sha256', '--bundle', bundle];
      const root = ['--trusted-root', sigstore.trustedRootPath];
      return cosign(['verify-blob-attestation', ...who, ...root, ...what, ...args]);
    },
    async close() {
      await sigstore.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
