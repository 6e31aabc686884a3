import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../../lab/image/image.ts';
import { pushImage } from '../../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../../lab/registry/server.ts';
import type { ActionNeeds, Login } from '../../../src/base/action.ts';
import { type Clients, openClients } from '../../../src/host/machine/clients.ts';
import { runCommand } from '../../../src/host/machine/exec.ts';
import { parseReference } from '../../../src/image/reference.ts';
import type { RegistryClient } from '../../../src/registry/client.ts';
import { makeRecordingTool } from '../actions/recording-tool.ts';

const LOGIN = { username: 'bob', password: 'secret' };
const log = { debug() {}, info() {}, warning() {}, mask() {}, group: <T>(_: string, body: () => Promise<T>) => body() };
let directory: string;
let registry: LabRegistry;
type Role = 'source' | 'target' | 'databases';
let clients: Clients<Role> | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'promote-image-clients-'));
  registry = await startRegistry({ auth: { kind: 'basic', ...LOGIN } });
  await pushImage(registry.host, 'app', '1', buildImage(), LOGIN);
  registry.log.clear();
});
afterEach(async () => {
  await clients?.close();
  clients = undefined;
  await registry.close();
  await rm(directory, { recursive: true });
});

const open = (logins: { source?: Login; target?: Login; keyVariable?: string }, env: NodeJS.ProcessEnv = {}) => {
  const toMap = (login?: Login) => new Map(login === undefined ? [] : [[registry.host, login]]);
  const needs: ActionNeeds<Role> = {
    clients: {
      source: { logins: toMap(logins.source) },
      target: { logins: toMap(logins.target), writes: true },
      databases: { logins: new Map() },
    },
    ...{ insecureHosts: [], ca: undefined, keyUris: [], workDirectory: '', timeoutMs: 1000, summary: false },
    keyVariables: logins.keyVariable === undefined ? [] : [logins.keyVariable],
  };
  const { signal } = new AbortController();
  const context = { env: { DOCKER_CONFIG: directory, ...env }, exec: runCommand, log, signal, proxy: {} };
  clients = openClients(needs, context);
  return clients.clients;
};
const resolve = (client: RegistryClient) => client.resolve(parseReference(`${registry.host}/app:1`));
const writeDockerConfig = (json: object) => writeFile(join(directory, 'config.json'), JSON.stringify(json));

describe('openClients', () => {
  it('gives the source’s login to the source alone', async () => {
    const { source, target, databases } = open({ source: LOGIN });
    expect((await resolve(source)).digest).toBe(registry.digestOf('app', '1'));
    await expect(resolve(target)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    await expect(resolve(databases)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('and the target’s to the target alone', async () => {
    const { source, target } = open({ target: LOGIN });
    expect((await resolve(target)).digest).toBe(registry.digestOf('app', '1'));
    await expect(resolve(source)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('uses what docker login left, for all roles', async () => {
    const auth = Buffer.from('bob:secret').toString('base64');
    await writeDockerConfig({ auths: { [registry.host]: { auth } } });
    const { source, target, databases } = open({});
    for (const client of [source, target, databases]) expect((await resolve(client)).digest).toBeDefined();
  });

  it('prefers an explicit login, also a wrong one', async () => {
    const auth = Buffer.from('bob:secret').toString('base64');
    await writeDockerConfig({ auths: { [registry.host]: { auth } } });
    const { source } = open({ source: { username: 'bob', password: 'wrong' } });
    await expect(resolve(source)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('gives a credential helper the environment of its cloud, and none of our secrets', async () => {
    const answer = JSON.stringify({ ServerURL: registry.host, Username: 'bob', Secret: 'secret' });
    const tool = await makeRecordingTool(directory, 'docker-credential-lab', `console.log(${JSON.stringify(answer)})`);
    await writeDockerConfig({ credHelpers: { [registry.host]: 'lab' } });
    const cloud = { AWS_PROFILE: 'prod', PATH: directory };
    const ours = {
      'INPUT_SOURCE-PASSWORD': 's',
      COSIGN_PASSWORD: 's',
      COSIGN_PRIVATE_KEY: 's',
      RELEASE_KEY: 's',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 's',
      GITHUB_TOKEN: 's',
    };
    const { target } = open({ keyVariable: 'RELEASE_KEY' }, { ...cloud, ...ours });
    await resolve(target);
    const [call] = await tool.calls();
    expect(call).toMatchObject({ args: ['get'], input: registry.host, env: cloud });
    expect(Object.keys(call?.env ?? {}).filter((name) => name in ours)).toEqual([]);
  });
});
