import { readFile, writeFile } from 'node:fs/promises';
import { makeBundle, makeMessageBundle } from './bundle.ts';
import { type Call, CallError, readFlag } from './call.ts';
import { toPublicKey } from './key-pair.ts';

/** `cosign public-key`. */
export async function printPublicKey(args: Call['args'], env: Call['env']): Promise<string> {
  const { key, password } = await readKey(args, env);
  return toPublicKey(key, password);
}

/** `cosign attest-blob --statement`: signs the file's bytes as they are. */
export async function signStatement(args: Call['args'], env: Call['env']): Promise<string> {
  const { key, password } = await readKey(args, env);
  const statement = await readFile(readFlag(args, '--statement'));
  if (!Array.isArray((JSON.parse(statement.toString()) as { subject?: unknown }).subject))
    throw new CallError('Error: creating bundle: statement has no subject');
  await writeBundle(args, makeBundle(statement, key, password));
  return '';
}

/** `cosign sign-blob` of the last argument. */
export async function signBlob(args: Call['args'], env: Call['env']): Promise<string> {
  const { key, password } = await readKey(args, env);
  await writeBundle(args, makeMessageBundle(await readFile(args.at(-1) ?? ''), key, password));
  return '';
}

/** Without a log only an empty signing configuration goes through: the real one would ask the public Sigstore. */
async function writeBundle(args: Call['args'], bundle: object): Promise<void> {
  const config = JSON.parse(await readFile(readFlag(args, '--signing-config'), 'utf8')) as { rekorTlogUrls?: unknown };
  if (config.rekorTlogUrls !== undefined) throw new CallError('Error: the stand-in has no transparency log');
  await writeFile(readFlag(args, '--bundle'), JSON.stringify(bundle));
}

async function readKey(args: Call['args'], env: Call['env']): Promise<{ key: string; password: string }> {
  const name = readFlag(args, '--key');
  const key = name.startsWith('env://') ? env[name.slice('env://'.length)] : await readFile(name, 'utf8');
  if (key === undefined) throw new CallError(`Error: reading key: ${name} is not set`);
  return { key, password: env.COSIGN_PASSWORD ?? '' };
}
