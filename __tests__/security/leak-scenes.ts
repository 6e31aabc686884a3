import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Fault } from '../../lab/registry/faults.ts';
import type { StepResult } from '../../lab/runner.ts';
import type { Scene } from './leak-stage.ts';
import { transformsOf } from './runner-mask.ts';
import { SECRETS } from './secrets.ts';
import { writeDockerConfig } from './security-room.ts';

/** What a run that goes wrong is called, the code it ends with, and how it is made to. */
export interface LeakScene {
  readonly what: string;
  readonly code: string;
  readonly run: (scene: Scene) => Promise<StepResult>;
}

/** A secret in all its forms, as an error body that repeats what it was sent; the last one is cut in its middle. */
function echo(secret: string, more: readonly string[] = []): string {
  const forms = [...transformsOf(secret).values(), ...more];
  const cut = `${'-'.repeat(300 - Math.floor(secret.length / 2))}${secret}`;
  const errors = [
    { code: 'DENIED', message: forms.slice(0, 4).join(' ; ') },
    { code: 'DENIED', message: forms.slice(4).join(' ; ') },
    { code: 'DENIED', message: cut },
    { code: secret, message: `Authorization: Basic ${transformsOf(secret).get('base64 of ci:')}==` },
  ];
  return JSON.stringify({ errors });
}

const answer = (status: number, body: string, path = /\/v2\/./): Fault => ({
  ...{ path, status, body },
  headers: { 'Content-Type': 'application/json', Warning: `299 - "${body.replace(/[^ -~]|["\\]/g, ' ')}"` },
});

const ISSUED = 'issued.bearer-token_0123456789';
const RENEWED = 'renewed.refresh-token_0123456789';
const IDENTITY = 'identity/refresh+token 0123456789';

/** Secrets that only the token services of these scenes know. */
export const SERVICE_SECRETS = { issued: ISSUED, renewed: RENEWED, identityToken: IDENTITY } as const;

const token = JSON.stringify({ token: ISSUED, refresh_token: RENEWED, expires_in: 300 });

export const LEAK_SCENES: readonly LeakScene[] = [
  {
    what: 'a wrong password',
    code: 'UNAUTHORIZED',
    run: async ({ source, target, run }) =>
      run(`${await source()}/dev/web:1`, `${await target()}/prod/web:1`, {
        inputs: { 'source-password': SECRETS.shared },
      }),
  },
  ...[400, 401, 403, 500].map((status) => ({
    what: `a source that answers ${status} and repeats the login`,
    code: status === 500 ? 'UNAVAILABLE' : status === 401 ? 'UNAUTHORIZED' : status === 403 ? 'DENIED' : 'PROTOCOL',
    run: async ({ source, target, run }: Scene) =>
      run(`${await source([answer(status, echo(SECRETS.source))])}/dev/web:1`, `${await target()}/prod/web:1`),
  })),
  {
    what: 'a target that answers an upload with 403 and repeats the login',
    code: 'DENIED',
    run: async ({ source, target, run }) => {
      const faults = [{ ...answer(403, echo(SECRETS.target), /\/blobs\/uploads\//), skip: 1 }];
      return run(`${await source()}/dev/web:1`, `${await target(faults)}/prod/web:1`);
    },
  },
  {
    what: 'a redirect with the token in its query, to a place that repeats it',
    code: 'DENIED',
    run: async ({ service, target, run }) => {
      const elsewhere = await service([answer(403, echo(ISSUED), /./)]);
      const place = `http://${elsewhere}/gone?token=${ISSUED}&sig=${encodeURIComponent(ISSUED)}`;
      const host = await service([
        { path: /^\/token/, status: 200, body: token },
        { path: /manifests/, withHeader: 'authorization', status: 307, headers: { Location: place } },
      ]);
      return run(`${host}/dev/web:1`, `${await target()}/prod/web:1`);
    },
  },
  {
    what: 'a redirect to where nobody may go, with the token in its address',
    code: 'REDIRECT_REFUSED',
    run: async ({ service, target, run }) => {
      const Location = `ftp://x:${encodeURIComponent(ISSUED)}@127.0.0.1/${ISSUED}?token=${ISSUED}`;
      const host = await service([
        { path: /^\/token/, status: 200, body: token },
        { path: /manifests/, withHeader: 'authorization', status: 302, headers: { Location } },
      ]);
      return run(`${host}/dev/web:1`, `${await target()}/prod/web:1`);
    },
  },
  {
    what: 'a registry that repeats the bearer token it was sent',
    code: 'DENIED',
    run: async ({ service, target, run }) => {
      const host = await service([
        { path: /^\/token/, status: 200, body: token },
        { ...answer(403, echo(ISSUED, [`Bearer ${ISSUED}`])), withHeader: 'authorization' },
      ]);
      return run(`${host}/dev/web:1`, `${await target()}/prod/web:1`);
    },
  },
  {
    what: 'a token service that repeats the login',
    code: 'UNAUTHORIZED',
    run: async ({ service, target, run }) =>
      run(
        `${await service([answer(401, echo(SECRETS.source), /^\/token/)])}/dev/web:1`,
        `${await target()}/prod/web:1`,
      ),
  },
  {
    what: 'a token service that repeats the refresh token',
    code: 'UNAUTHORIZED',
    run: async ({ room, service, target, run }) => {
      const host = await service([
        answer(400, echo(IDENTITY, [`refresh_token=${encodeURIComponent(IDENTITY)}`]), /^\/token/),
      ]);
      const auth = Buffer.from('<token>:').toString('base64');
      const text = JSON.stringify({ auths: { [host]: { auth, identitytoken: IDENTITY } } });
      const DOCKER_CONFIG = await writeDockerConfig(await room.makeDirectory(), text);
      const inputs = { 'source-username': '', 'source-password': '' };
      return run(`${host}/dev/web:1`, `${await target()}/prod/web:1`, { inputs, env: { DOCKER_CONFIG } });
    },
  },
  {
    what: 'a scanner that reads the memory of its parent and prints all of it',
    code: 'SCANNER_FAILED',
    run: async ({ room, source, target, run }) => {
      const trivy = await room.makeTool('trivy', STEAL);
      return run(`${await source()}/dev/web:1`, `${await target()}/prod/web:1`, { inputs: { trivy: trivy.path } });
    },
  },
  {
    what: 'a scanner that says of the image what it read from its parent',
    code: 'SCAN_INCOMPLETE',
    run: async ({ room, source, target, run }) => {
      const trivy = await room.makeTool('trivy', STEAL.replace('init error', 'scan failed: failed analysis'));
      return run(`${await source()}/dev/web:1`, `${await target()}/prod/web:1`, { inputs: { trivy: trivy.path } });
    },
  },
  {
    what: 'a signer that fails and prints the key',
    code: 'KEY_UNUSABLE',
    run: async ({ room, source, target, run }) => {
      const script = `if (call.args[0] === 'public-key') { console.error('Error: ' + call.env.COSIGN_PASSWORD + ' ' + call.env.COSIGN_PRIVATE_KEY.replaceAll('\\n', ' ')); process.exit(1); }`;
      const cosign = await room.makeTool('cosign', script);
      return run(`${await source()}/dev/web:1`, `${await target()}/prod/web:1`, { inputs: { cosign: cosign.path } });
    },
  },
  {
    what: 'a wrong password of the key',
    code: 'KEY_UNUSABLE',
    run: async ({ source, target, run }) =>
      run(`${await source()}/dev/web:1`, `${await target()}/prod/web:1`, { env: { COSIGN_PASSWORD: SECRETS.shared } }),
  },
  {
    what: 'a proxy that refuses its login, and repeats it',
    code: 'UNAVAILABLE',
    run: async ({ target, run }) => {
      const proxy = await startProxy();
      const env = { HTTPS_PROXY: `http://corp:${encodeURIComponent(SECRETS.proxy)}@${proxy.host}` };
      try {
        return await run('registry.example/dev/web:1', `${await target()}/prod/web:1`, { env });
      } finally {
        proxy.server.close();
        proxy.server.closeAllConnections();
      }
    },
  },
  {
    what: 'a Docker config that is broken around its secrets',
    code: 'CREDENTIALS',
    run: async ({ room, source, target, run }) => {
      const text = `{"auths": {"x.example": {"auth": "${Buffer.from(`ci:${SECRETS.docker}`).toString('base64')}", "password": "${SECRETS.docker}"},,`;
      const DOCKER_CONFIG = await writeDockerConfig(await room.makeDirectory(), text);
      const inputs = { 'source-username': '', 'source-password': '' };
      return run(`${await source()}/dev/web:1`, `${await target()}/prod/web:1`, { inputs, env: { DOCKER_CONFIG } });
    },
  },
  {
    what: 'a Docker config with a secret where a name belongs',
    code: 'CREDENTIALS',
    run: async ({ room, source, target, run }) => {
      const host = await source();
      const text = JSON.stringify({ auths: { [`https://ci:${SECRETS.source}@${host}`]: SECRETS.source } });
      const DOCKER_CONFIG = await writeDockerConfig(await room.makeDirectory(), text);
      return run(`${host}/dev/web:1`, `${await target()}/prod/web:1`, {
        inputs: { 'target-username': '', 'target-password': '' },
        env: { DOCKER_CONFIG },
      });
    },
  },
  {
    what: 'a credential helper that fails and prints its environment',
    code: 'CREDENTIALS',
    run: async ({ room, source, target, run }) => {
      const host = await source();
      const directory = await room.makeDirectory();
      await writeDockerConfig(directory, JSON.stringify({ credHelpers: { [host]: 'leaky' } }));
      await writeFile(join(directory, 'docker-credential-leaky'), '#!/bin/sh\nenv >&2\nexit 1\n', { mode: 0o755 });
      const inputs = { 'source-username': '', 'source-password': '' };
      const env = { DOCKER_CONFIG: directory, PATH: `${directory}:${process.env.PATH}` };
      return run(`${host}/dev/web:1`, `${await target()}/prod/web:1`, { inputs, env });
    },
  },
  {
    what: 'a policy with secrets for values and keys',
    code: 'Wrong use',
    run: async ({ source, target, run }) => {
      const policy = {
        [SECRETS.github]: 1,
        scan: { mode: SECRETS.target, severity: [SECRETS.cloud] },
        sources: SECRETS.source,
      };
      return run(`${await source()}/dev/web:1`, `${await target()}/prod/web:1`, { policy });
    },
  },
  {
    what: 'logins that are no YAML',
    code: 'Wrong use',
    run: async ({ source, target, run }) => {
      const auth = `- registry: a.example\n  username: ci\n  password: "${SECRETS.docker}\n  [`;
      return run(`${await source()}/dev/web:1`, `${await target()}/prod/web:1`, { inputs: { 'registry-auth': auth } });
    },
  },
  {
    what: 'a login inside of a reference',
    code: 'Wrong use',
    run: async ({ run }) =>
      run(
        `https://ci:${SECRETS.docker.replaceAll(' ', '%20')}@a.example/dev/web:1`,
        `ci:${SECRETS.runtime}@b.example/prod/web:1`,
      ),
  },
  {
    what: 'a key where its name belongs',
    code: 'Wrong use',
    run: async ({ room, source, target, run }) =>
      run(`${await source()}/dev/web:1`, `${await target()}/prod/web:1`, {
        inputs: { 'cosign-key': room.key.privateKey },
      }),
  },
];

/** Reads what any process of the same user may read: the environment its parent was started with. */
const STEAL = `if (call.args[0] === 'image') {
  const stolen = read('/proc/' + call.parent + '/environ').join(' ; ').replaceAll('\\n', ' ');
  console.error('FATAL\\tFatal error\\tinit error: ' + stolen);
  process.exit(1);
}`;

async function startProxy(): Promise<{ readonly host: string; readonly server: Server }> {
  const server = createServer((_, response) => response.writeHead(407).end(echo(SECRETS.proxy)));
  server.on('connect', (request, socket) => {
    const said = `${request.headers['proxy-authorization']} ${echo(SECRETS.proxy).replace(/[^ -~]/g, ' ')}`;
    socket.end(`HTTP/1.1 407 ${said}\r\nProxy-Authenticate: Basic realm="${said.replaceAll('"', '')}"\r\n\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
