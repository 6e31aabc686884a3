import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isSignatureOf, signDigest } from './digest-signature.ts';
import { listenOnLoopback, readBody } from './sigstore/loopback.ts';

/** A Vault with the transit engine, as far as signing goes; https://developer.hashicorp.com/vault/api-docs/secret/transit */
export interface Vault {
  /** VAULT_ADDR and VAULT_TOKEN. */
  readonly env: Readonly<Record<string, string>>;
  /** The public key of a key it holds, in PEM. */
  publicKeyOf(name: string): string;
  /** `METHOD path status` of every request up to now. */
  requests(): readonly string[];
  close(): Promise<void>;
}

interface TransitKey {
  readonly publicKey: string;
  readonly privateKey: KeyObject;
  readonly creationTime: string;
}

type Answer = readonly [status: number, body?: object];

/** Starts it on loopback with one ECDSA P-256 key for each name: cosign calls it `hashivault://NAME`. */
export async function startVault(names: readonly string[]): Promise<Vault> {
  const token = `hvs.${randomBytes(18).toString('base64url')}`;
  const keys = new Map(names.map((name) => [name, makeKey()]));
  const seen: string[] = [];
  const server = await listenOnLoopback(async (request, response) => {
    const [status, body] = await decide(request, token, keys);
    seen.push(`${request.method} ${request.url} ${status}`);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body && JSON.stringify(body));
  });
  return {
    env: { VAULT_ADDR: server.url, VAULT_TOKEN: token },
    requests: () => [...seen],
    close: server.close,
    publicKeyOf(name) {
      const key = keys.get(name);
      if (key === undefined) throw new Error(`this Vault has no key ${name}`);
      return key.publicKey;
    },
  };
}

async function decide(request: IncomingMessage, token: string, keys: ReadonlyMap<string, TransitKey>): Promise<Answer> {
  const body = await readBody(request);
  if (request.headers['x-vault-token'] !== token) return refuse(403, 'permission denied');
  const path = /^\/v1\/transit\/(keys|sign|verify)\/([^/?]+)(?:\/([^/?]+))?$/.exec(request.url ?? '');
  const [, action, name = '', hash] = path ?? [];
  const key = keys.get(name);
  if (action === 'keys' && hash === undefined && request.method === 'GET') {
    return key === undefined ? [404, { errors: [] }] : [200, { data: describe(name, key) }];
  }
  if (action === 'keys' || !['PUT', 'POST'].includes(request.method ?? '')) return refuse(404, 'unsupported path');
  if (key === undefined) return refuse(400, 'signing key not found');
  const asked = JSON.parse(body.toString()) as Record<string, unknown>;
  return answerDigest(key, asked, hash, action === 'verify');
}

/** Signs a digest that the client made, or checks a signature of one: cosign asks for nothing else. */
function answerDigest(
  { privateKey }: TransitKey,
  { input, prehashed, key_version: version, signature }: Record<string, unknown>,
  hash: string | undefined,
  isToVerify: boolean,
): Answer {
  const digest = Buffer.from(String(input), 'base64');
  if (prehashed !== true || hash !== 'sha2-256') return refuse(400, 'this Vault knows SHA-256 digests only');
  if (digest.length !== 32) return refuse(400, 'input is no SHA-256 digest');
  if (isToVerify) {
    const [, signed] = /^vault:v1:(.+)$/.exec(String(signature)) ?? [];
    return [200, { data: { valid: signed !== undefined && isSignatureOf(digest, signed, privateKey) } }];
  }
  if (!['0', '1', ''].includes(String(version ?? ''))) return refuse(400, 'no such version of the key');
  return [200, { data: { key_version: 1, signature: `vault:v1:${signDigest(digest, privateKey)}` } }];
}

function describe(name: string, { publicKey, creationTime }: TransitKey): object {
  const version = { name: 'P-256', public_key: publicKey, creation_time: creationTime };
  return { name, type: 'ecdsa-p256', latest_version: 1, keys: { '1': version }, supports_signing: true };
}

function makeKey(): TransitKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey,
    creationTime: new Date().toISOString(),
  };
}

function refuse(status: number, message: string): Answer {
  return [status, { errors: [message] }];
}
