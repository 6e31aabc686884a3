import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import { listIdentityFlags, listRootFlags } from './anchor-flags.ts';
import { type CosignResult, type CosignSettings, openCosign } from './cosign-process.ts';
import { openPublicKeys } from './public-keys.ts';
import { EMPTY_TRUSTED_ROOT, parseTrustedRoot } from './sigstore-config.ts';

/** What is needed to verify. */
export interface TrustSettings extends CosignSettings {
  /** What a KMS needs; given to cosign only for a key in one. */
  readonly kmsEnv: Readonly<Record<string, string>>;
  /** JSON text; without it, the public Sigstore's comes by TUF where one is needed. */
  readonly trustedRoot?: string | undefined;
}

/** One `cosign verify*`. */
export interface Question {
  readonly verb: 'verify' | 'verify-attestation' | 'verify-blob-attestation';
  readonly anchor: TrustAnchor;
  readonly args: readonly string[];
  /** Whom a certificate must be for; default what the anchor says. */
  readonly repository?: string | undefined;
}

/** Puts questions to cosign with the flags that an anchor and the trusted root make. */
export interface Asker {
  /** A directory for what a question is about. */
  readonly directory: string;
  ask(question: Question): Promise<CosignResult>;
  /** The same without any trust and off the network: only good to see how far cosign gets. */
  askAnyone(question: Question): Promise<CosignResult>;
}

/** Without it cosign looks in the public Rekor for a signature in the older form that brings no proof, whatever the trusted root names. */
const OFFLINE = '--offline=true';

/** Prepares that. Where a trusted root is given, or a key needs no log, cosign makes no request of its own. */
export async function openAsker(context: TrustSettings): Promise<Asker> {
  const root = context.trustedRoot === undefined ? undefined : parseTrustedRoot(context.trustedRoot);
  const cosign = await openCosign(context);
  const directory = await mkdtemp(join(context.directory, 'verify-'));
  const keys = openPublicKeys(cosign, directory, context.kmsEnv);
  const [rootFile, emptyRootFile] = [join(directory, 'trusted-root.json'), join(directory, 'empty-trusted-root.json')];
  if (root !== undefined) await writeFile(rootFile, root.text);
  await writeFile(emptyRootFile, EMPTY_TRUSTED_ROOT);

  const identify = async ({ anchor, repository }: Question): Promise<readonly string[]> =>
    anchor.kind === 'key' ? ['--key', await keys.locate(anchor.key)] : listIdentityFlags(anchor, repository);
  const chooseRoot = (anchor: TrustAnchor): string | undefined => {
    if (root !== undefined) return rootFile;
    return anchor.kind === 'key' && !anchor.transparencyLog ? emptyRootFile : undefined;
  };

  return {
    directory,
    async ask(question) {
      const { verb, anchor, args } = question;
      const file = chooseRoot(anchor);
      const flags = [...listRootFlags(anchor, root), ...(file === undefined ? [] : ['--trusted-root', file])];
      const who = await identify(question);
      const env = anchor.kind === 'key' ? keys.envOf(anchor.key) : {};
      const network = file === undefined || Object.keys(env).length > 0;
      const registry = verb !== 'verify-blob-attestation';
      const call = { args: [verb, ...who, ...flags, ...(registry ? [OFFLINE] : []), ...args], env, network, registry };
      // What stands before a registry has tried again itself.
      return network ? cosign.tryAgain(() => cosign.run(call)) : cosign.run(call);
    },
    async askAnyone(question) {
      const flags = ['--insecure-ignore-tlog=true', '--trusted-root', emptyRootFile];
      const args = [question.verb, ...(await identify(question)), ...flags, ...question.args];
      return cosign.run({ args, network: false });
    },
  };
}
