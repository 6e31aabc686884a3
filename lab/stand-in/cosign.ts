import { readFile, writeFile } from 'node:fs/promises';
import { readAttachedBundles } from './attached.ts';
import { type Envelope, makeBundle, openBundle, type Statement } from './bundle.ts';
import { type Call, CallError, type CallResult, endCall, readFlag } from './call.ts';
import { toPublicKey } from './key-pair.ts';

/**
 * Stands in for cosign 3 where a test is about registries: real ECDSA signatures in real bundles, read back over HTTP
 * and checked, in a millisecond. Takes the four calls this project makes, and no flag that cosign would refuse.
 */
export function runCosign({ args, env }: Call): Promise<CallResult> {
  return endCall(async () => {
    switch (args[0]) {
      case 'version':
        return JSON.stringify({ gitVersion: 'v3.1.3' });
      case 'public-key': {
        const { key, password } = await readKey(args, env);
        return toPublicKey(key, password);
      }
      case 'attest-blob': {
        const { key, password } = await readKey(args, env);
        const bundle = makeBundle(await readFile(readFlag(args, '--statement')), key, password);
        await writeFile(readFlag(args, '--bundle'), JSON.stringify(bundle));
        return '';
      }
      case 'verify':
        return JSON.stringify((await readVerified(args)).map(({ statement }) => toClaim(statement)));
      case 'verify-attestation': {
        const type = readFlag(args, '--type');
        const found = (await readVerified(args)).filter(({ statement }) => statement.predicateType === type);
        if (found.length === 0)
          throw new CallError(`Error: none of the attestations matched the predicate type: ${type}`);
        return `${found.map(({ envelope }) => JSON.stringify(envelope)).join('\n')}\n`;
      }
      default:
        throw new CallError(`Error: unknown command "${args[0]}" for "cosign"`);
    }
  });
}

async function readKey(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ key: string; password: string }> {
  const name = readFlag(args, '--key');
  const key = name.startsWith('env://') ? env[name.slice('env://'.length)] : await readFile(name, 'utf8');
  if (key === undefined) throw new CallError(`Error: reading key: ${name} is not set`);
  return { key, password: env.COSIGN_PASSWORD ?? '' };
}

/** Everything attached to the last argument that the key of `--key` has signed, about that very digest. */
async function readVerified(args: readonly string[]): Promise<{ statement: Statement; envelope: Envelope }[]> {
  const reference = args.at(-1) ?? '';
  const publicKey = await readFile(readFlag(args, '--key'), 'utf8');
  const [algorithm = '', hex] = reference.slice(reference.indexOf('@') + 1).split(':');
  const opened = (await readAttachedBundles(reference)).flatMap((bundle) => openBundle(bundle, publicKey) ?? []);
  const about = opened.filter(({ statement }) => statement.subject.some(({ digest }) => digest[algorithm] === hex));
  if (about.length === 0) throw new CallError('Error: no signatures found');
  return about;
}

function toClaim({ subject, predicateType }: Statement): object {
  const [first] = subject;
  return {
    critical: {
      type: predicateType,
      image: { 'docker-manifest-digest': `sha256:${first?.digest.sha256}` },
      identity: { 'docker-reference': '' },
    },
    optional: first?.annotations ?? null,
  };
}
