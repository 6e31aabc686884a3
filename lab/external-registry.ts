import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ServerProcess, startServer } from './process.ts';
import { findTool } from './tools.ts';

/** One request, as the registry itself logged it; `path` without its query. */
export interface AccessLine {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** A registry of somebody else's making, on loopback, without TLS. */
export interface ExternalRegistry {
  /** `127.0.0.1:port`. */
  readonly host: string;
  /** The requests that were answered up to now, in the order in which they ended. */
  log(): Promise<readonly AccessLine[]>;
  /** Ends it and removes what it stored. */
  stop(): Promise<void>;
}

/** A login for `startDistribution({ htpasswd: LOGIN.htpasswd })`; distribution reads bcrypt only. */
export const LOGIN = {
  username: 'promoter',
  password: 'correct horse',
  htpasswd: 'promoter:$2a$05$vH5vmdAPJP6wU5C44cFkKu3vL2iy4b1eQmmimjKuFn7ZDu0CroBna',
} as const;

const MARK = '/v2/lab-mark/';

/** Starts olareg, in memory, with the referrers API. `args` are further flags, such as `--rate-limit 5` or `--api-delete`. */
export async function startOlareg(options: { readonly args?: readonly string[] } = {}): Promise<ExternalRegistry> {
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort();
    const host = `127.0.0.1:${port}`;
    const flags = ['--store-type', 'mem', '--addr', '127.0.0.1', '--port', `${port}`, '--verbosity', 'trace'];
    try {
      // Ready only when our request is in its own log: on that port another process might answer.
      const server = await startServer(
        findTool('olareg'),
        ['serve', ...flags, ...(options.args ?? [])],
        async (started) => started.isRunning() && isMarked(started, await sendMark(host), parseOlaregLine),
      );
      return describe(server, host, parseOlaregLine, async () => {});
    } catch (error) {
      if (attempt === 3 || !String(error).includes('address already in use')) throw error;
    }
  }
}

/** Starts distribution 3, on disk, without the referrers API; with `htpasswd` (bcrypt lines) it asks for a login. */
export function startDistribution(options: { readonly htpasswd?: string } = {}): Promise<ExternalRegistry> {
  return startOnDisk('distribution', options);
}

/** Starts Debian's docker-registry 2.8, from before OCI 1.1, as `startDistribution`: many still run it. */
export function startDockerRegistry(options: { readonly htpasswd?: string } = {}): Promise<ExternalRegistry> {
  return startOnDisk('docker-registry', options);
}

async function startOnDisk(
  tool: 'distribution' | 'docker-registry',
  options: { readonly htpasswd?: string },
): Promise<ExternalRegistry> {
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-registry-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    const config = join(directory, 'config.json');
    await writeFile(join(directory, 'htpasswd'), `${options.htpasswd ?? ''}\n`);
    await writeFile(config, JSON.stringify(configureDistribution(directory, options.htpasswd !== undefined)));
    const server = await startServer(
      findTool(tool),
      ['serve', config],
      (started) => findListenPort(started) !== undefined,
      { env: { HOME: directory, PATH: process.env.PATH, OTEL_TRACES_EXPORTER: 'none' } },
    );
    return describe(server, `127.0.0.1:${findListenPort(server)}`, parseCommonLogLine, remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

function configureDistribution(directory: string, hasLogin: boolean): object {
  return {
    version: '0.1',
    log: { level: 'info', accesslog: { disabled: false } },
    storage: { filesystem: { rootdirectory: join(directory, 'storage') }, delete: { enabled: true } },
    http: { addr: '127.0.0.1:0', secret: randomUUID() },
    ...(hasLogin && { auth: { htpasswd: { realm: 'lab', path: join(directory, 'htpasswd') } } }),
  };
}

function findListenPort(server: ServerProcess): string | undefined {
  return server.lines().flatMap((line) => /msg="listening on 127\.0\.0\.1:([0-9]+)"/.exec(line)?.[1] ?? [])[0];
}

type ParseLine = (line: string) => AccessLine | undefined;

function describe(
  server: ServerProcess,
  host: string,
  parse: ParseLine,
  remove: () => Promise<void>,
): ExternalRegistry {
  return {
    host,
    async log() {
      const mark = await sendMark(host);
      for (let i = 0; i < 100 && !isMarked(server, mark, parse); i++) await sleep(10);
      return parseLines(server, parse).filter((line) => !line.path.startsWith(MARK));
    },
    async stop() {
      await server.stop();
      await remove();
    },
  };
}

/** Sends a request no test sends; once it is in the log, so is everything that was answered before. */
async function sendMark(host: string): Promise<string> {
  const mark = `${MARK}manifests/${randomUUID()}`;
  const response = await fetch(`http://${host}${mark}`).catch(() => undefined);
  await response?.arrayBuffer();
  return mark;
}

function isMarked(server: ServerProcess, mark: string, parse: ParseLine): boolean {
  return parseLines(server, parse).some((line) => line.path === mark);
}

function parseLines(server: ServerProcess, parse: ParseLine): AccessLine[] {
  return server.lines().flatMap((line) => parse(line) ?? []);
}

/** olareg's trace line: `… msg=ServeHTTP … method=GET url=/v2/ status=200 …`. */
function parseOlaregLine(line: string): AccessLine | undefined {
  const found = / msg=ServeHTTP .*? method=(\S+) url=("(?:[^"\\]|\\.)*"|\S+) status=([0-9]+)/.exec(line);
  return found === null ? undefined : toAccessLine(found[1], found[2]?.replace(/^"|"$/g, ''), found[3]);
}

/** The common log format: `127.0.0.1 - - [date] "GET /v2/ HTTP/1.1" 200 2 "" "agent"`. */
function parseCommonLogLine(line: string): AccessLine | undefined {
  const found = /^\S+ \S+ \S+ \[[^\]]*\] "([A-Z]+) (\S+) HTTP\/[0-9.]+" ([0-9]{3}) /.exec(line);
  return found === null ? undefined : toAccessLine(found[1], found[2], found[3]);
}

function toAccessLine(method = '', url = '', status = ''): AccessLine {
  return { method, path: url.split('?')[0] ?? '', status: Number(status) };
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
