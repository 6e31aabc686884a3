import { parseRepository, type Repository } from '../../../src/image/reference.ts';
import type { Credential } from '../../../src/registry/credentials.ts';
import { createRecordingClient, type RecordingClient } from '../recording-client.ts';
import { makeManifest, tagOf } from '../sample-image.ts';
import {
  type Call,
  type Reply,
  type Script,
  type ScriptedRegistry,
  startScripted,
  unknown,
} from '../scripted-registry.ts';

export const image = makeManifest();
export const manifest: Reply = { status: 200, headers: { 'Content-Type': image.mediaType }, body: image.bytes };
export const ALICE: Credential = { kind: 'basic', username: 'alice', password: 'pass:word' };
export const ALICE_HEADER = `Basic ${Buffer.from('alice:pass:word').toString('base64')}`;
export const PATH = '/v2/app/manifests/v1';

const open: ScriptedRegistry[] = [];

/** Starts a server that is closed by `closeServers`. */
export async function startServer(table: Readonly<Record<string, Script>>): Promise<ScriptedRegistry> {
  const server = await startScripted(table);
  open.push(server);
  return server;
}

/** Closes what was started since the last call. */
export async function closeServers(): Promise<void> {
  await Promise.all(open.splice(0).map((server) => server.close()));
}

/** A server, and a client that has one credential for everything. */
export interface Session extends RecordingClient {
  readonly server: ScriptedRegistry;
  readonly repository: Repository;
}

/** Starts a server with this table, and a client of it. */
export async function start(table: Readonly<Record<string, Script>>, credential = ALICE): Promise<Session> {
  const server = await startServer(table);
  const recording = createRecordingClient({ credentials: { resolve: async () => credential } });
  return { server, ...recording, repository: parseRepository(`${server.host}/app`) };
}

/** Reads the one manifest there is. */
export function read({ client, repository }: Pick<Session, 'client' | 'repository'>) {
  return client.resolve({ kind: 'tag', repository, tag: tagOf('v1') });
}

/** A registry that wants the tokens in `valid`, and a token service that hands out `tokens` in a row. */
export function bearerTable(tokens: readonly object[], valid: () => string, more: string = ''): Record<string, Script> {
  const challenge = (call: Call): Reply => ({
    ...unknown('UNAUTHORIZED', 401),
    headers: { 'WWW-Authenticate': `Bearer realm="http://${call.headers.host}/token",service="svc"${more}` },
  });
  const check = (call: Call): Reply =>
    call.headers.authorization === `Bearer ${valid()}` ? manifest : challenge(call);
  return {
    'GET /v2/': challenge,
    [`GET ${PATH}`]: check,
    'GET /token': tokens.map((token) => ({ status: 200, body: JSON.stringify(token) })),
  };
}
