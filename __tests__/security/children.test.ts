import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildDatabase, pushDatabase } from '../../lab/database/database.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import { endOf, type Scene, setScene, success, writeWrapper } from '../e2e/fixture.ts';
import { makeImage } from '../e2e/fixture-images.ts';
import { findSecrets } from './runner-mask.ts';
import { SECRET_ENV, SECRET_INPUTS, SECRETS } from './secrets.ts';
import { writeDockerConfig } from './security-room.ts';

/** Variables with which a job, or a step before this one, could weaken a tool. */
const WEAKENING = {
  ...{ COSIGN_REPOSITORY: 'evil.example/x', COSIGN_EXPERIMENTAL: '1', COSIGN_DOCKER_MEDIA_TYPES: '1' },
  ...{ SIGSTORE_ROOT_FILE: '/tmp/evil.pem', SIGSTORE_REKOR_PUBLIC_KEY: '/tmp/evil.pub', TUF_ROOT: '/tmp/evil' },
  ...{ TUF_MIRROR: 'https://evil.example', SIGSTORE_NO_CACHE: 'true', REKOR_URL: 'https://evil.example' },
  ...{ TRIVY_SEVERITY: 'LOW', TRIVY_IGNOREFILE: '.trivyignore', LD_LIBRARY_PATH: '/tmp/evil', GODEBUG: 'x509sha1=1' },
};

/** A run of a tool as the kernel tells it, and what its directories held. */
interface Seen {
  readonly verb: string;
  readonly args: string;
  readonly env: Readonly<Record<string, string>>;
  readonly files: string;
}

let scene: Scene;
let registries: readonly LabRegistry[];
let step: StepResult;
let secrets: Record<string, string>;
let scanner: readonly Seen[];
let signer: readonly Seen[];

beforeAll(async () => {
  const [room, staging, production] = await Promise.all([
    setScene(),
    startRegistry({ auth: { kind: 'bearer', username: 'ci', password: SECRETS.source } }),
    startRegistry({ auth: { kind: 'basic', username: 'ci', password: SECRETS.target } }),
  ]);
  scene = room;
  const guarded = await startRegistry({ auth: { kind: 'basic', username: 'ci', password: SECRETS.docker } });
  registries = [staging, production, guarded];
  await pushDatabase(guarded.host, 'mirror/trivy-db', '2', buildDatabase(), {
    username: 'ci',
    password: SECRETS.docker,
  });
  await pushImage(staging.host, 'dev/web', '1', makeImage('fixed'), { username: 'ci', password: SECRETS.source });
  const directory = await scene.makeDirectory();
  const auth = Buffer.from(`ci:${SECRETS.docker}`).toString('base64');
  const docker = join(directory, 'docker');
  await writeDockerConfig(docker, JSON.stringify({ auths: { [guarded.host]: { auth } } }));
  secrets = { ...SECRETS, key: scene.key.privateKey, keyPassword: scene.key.password };
  const notes = { trivy: join(directory, 'trivy-calls'), cosign: join(directory, 'cosign-calls') };
  const tools = await Promise.all(
    (['trivy', 'cosign'] as const).map((tool) => writeRecorder(directory, tool, notes[tool])),
  );
  step = await scene.promote(`${staging.host}/dev/web:1`, `${production.host}/prod/web:1`, {
    inputs: { ...SECRET_INPUTS, trivy: tools[0] ?? '', cosign: tools[1] ?? '' },
    env: { ...SECRET_ENV, ...WEAKENING, DOCKER_CONFIG: docker },
    policy: { scan: { databases: [`${guarded.host}/mirror/trivy-db:2`] } },
  });
  [scanner, signer] = await Promise.all([readSeen(notes.trivy), readSeen(notes.cosign)]);
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), ...(registries ?? []).map((registry) => registry.close())]);
});

/** Notes what the kernel knows of the process, then becomes the real tool under the same id. */
async function writeRecorder(directory: string, tool: 'trivy' | 'cosign', notes: string): Promise<string> {
  await mkdir(notes);
  const script = [
    `at="${notes}/$$"`,
    'cat /proc/$$/environ > "$at.environ"; cat /proc/$$/cmdline > "$at.cmdline"',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own.
    'find "$HOME" ${TMPDIR:+"$TMPDIR"} -type f -exec cat {} + > "$at.files" 2>/dev/null',
    'exec "$REAL" "$@"',
  ];
  return writeWrapper(directory, tool, script.join('\n'));
}

async function readSeen(notes: string): Promise<Seen[]> {
  const ids = (await readdir(notes)).filter((name) => name.endsWith('.environ')).map((name) => name.split('.')[0]);
  return Promise.all(
    ids.map(async (id) => {
      const [environ, cmdline, files] = await Promise.all(
        ['environ', 'cmdline', 'files'].map((kind) => readFile(join(notes, `${id}.${kind}`), 'latin1')),
      );
      const lines = Buffer.from(environ ?? '', 'latin1')
        .toString()
        .split('\0')
        .slice(0, -1);
      const env = Object.fromEntries(lines.map((line) => [line.replace(/=.*/s, ''), line.replace(/^[^=]*=/, '')]));
      const args = Buffer.from(cmdline ?? '', 'latin1')
        .toString()
        .split('\0')
        .slice(2, -1);
      return { verb: args[0] ?? '', args: args.join('\n'), env, files: files ?? '' };
    }),
  );
}

const namesOf = ({ env }: Seen): string[] => Object.keys(env).sort();

describe('a job with every kind of secret', () => {
  it('promotes, with the real tools', () => {
    expect(endOf(step)).toEqual(success('promoted'));
    expect(scanner.map(({ verb }) => verb).sort()).toEqual(['--version', 'image']);
    expect(new Set(signer.map(({ verb }) => verb))).toEqual(
      new Set(['version', 'public-key', 'attest-blob', 'verify', 'verify-attestation']),
    );
  });
});

describe('the scanner', () => {
  it('has exactly the listed environment, which holds no secret in any form', () => {
    for (const call of scanner) {
      const expected = call.verb === 'image' ? ['HOME', 'PATH', 'TEMP', 'TMP', 'TMPDIR'] : ['HOME', 'PATH'];
      expect(namesOf(call)).toEqual(expected);
      expect(findSecrets(JSON.stringify(call.env), secrets)).toEqual([]);
      expect(findSecrets(Object.values(call.env).join('\n'), secrets)).toEqual([]);
    }
  });

  it('has no secret on its command line, and none in its directories', () => {
    for (const call of scanner) expect(findSecrets(call.args + call.files, secrets)).toEqual([]);
  });
});

describe('cosign', () => {
  const signs = ({ verb }: Seen): boolean => verb === 'public-key' || verb === 'attest-blob';

  it('gets the key and its password when it signs, and nothing else of the job', () => {
    const calls = signer.filter(signs);
    expect(calls.length).toBeGreaterThanOrEqual(3);
    for (const call of calls) {
      expect(namesOf(call)).toEqual(['COSIGN_PASSWORD', 'COSIGN_PRIVATE_KEY', 'HOME', 'PATH', 'TMPDIR']);
      const { COSIGN_PRIVATE_KEY, COSIGN_PASSWORD, ...rest } = call.env;
      expect({ COSIGN_PRIVATE_KEY, COSIGN_PASSWORD }).toEqual({
        COSIGN_PRIVATE_KEY: scene.key.privateKey,
        COSIGN_PASSWORD: scene.key.password,
      });
      expect(findSecrets(Object.values(rest).join('\n'), secrets)).toEqual([]);
    }
  });

  it('gets neither when it verifies, and no variable that would weaken it', () => {
    const calls = signer.filter((call) => !signs(call) && call.verb !== 'version');
    expect(calls.length).toBeGreaterThanOrEqual(2);
    for (const call of calls) expect(namesOf(call)).toEqual(['HOME', 'PATH', 'TMPDIR']);
    const version = signer.find(({ verb }) => verb === 'version');
    expect(version && namesOf(version)).toEqual(['HOME', 'PATH']);
  });

  it('never has a registry password, key or token among its arguments or in its directories', () => {
    for (const call of signer) expect(findSecrets(call.args + call.files, secrets)).toEqual([]);
  });
});
