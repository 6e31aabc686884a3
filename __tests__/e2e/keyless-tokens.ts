import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Sigstore } from '../../lab/sigstore/sigstore.ts';
import type { WorkflowClaims } from '../../lab/sigstore/workflow-claims.ts';

const BEARER = 'the-right-to-ask-for-any-token';

/** The token service of a runner whose tokens a test knows and whose lives it chooses. */
export interface TokenService {
  /** For the step's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What the runner gives away and nobody may show: the right to ask, and every token up to now. */
  secrets(): readonly string[];
  close(): Promise<void>;
}

/** Starts one. The tokens live for these seconds, one after the other; those after them as long as GitHub's. At `silence` it answers no more. */
export async function startTokenService(
  sigstore: Sigstore,
  claims: Partial<WorkflowClaims>,
  lives: readonly (number | 'silence')[],
): Promise<TokenService> {
  const given: string[] = [];
  const server = createServer((request, response) => {
    const isAllowed = request.headers.authorization === `Bearer ${BEARER}`;
    const life = lives[given.length] ?? 300;
    if (life === 'silence') return;
    const value = sigstore.mintToken({ ...claims, exp: Math.floor(Date.now() / 1000) + life });
    if (isAllowed) given.push(value);
    response.writeHead(isAllowed ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isAllowed ? { value } : {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token?api-version=2.0`;
  return {
    env: { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: BEARER },
    secrets: () => [BEARER, ...given],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The files below a directory that hold one of these secrets. */
export async function findLeaks(directory: string, secrets: readonly string[]): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const leaks: string[] = [];
  for (const file of files) {
    const text = await readFile(file, 'latin1');
    if (secrets.some((secret) => text.includes(secret))) leaks.push(file);
  }
  return leaks;
}
