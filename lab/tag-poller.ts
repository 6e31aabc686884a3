import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readTagState } from './tag-state.ts';

/** What a poller saw until it was stopped. */
export interface PollReport {
  /** How often it asked. */
  readonly polls: number;
  /** How often the tag was there. */
  readonly sightings: number;
  /** What was missing behind the tag whenever it was there, each thing once. */
  readonly wrong: readonly string[];
  /** What the tag was at the end; undefined when it was not there. */
  readonly digest?: string;
}

/** A second process that watches one tag. */
export interface TagPoller {
  /** Stops it, after one more look. */
  stop(): Promise<PollReport>;
}

const PAUSE_MS = 12;
/** A full look takes a dozen requests: once the tag is there, it is taken less often. */
const SIGHT_PAUSE_MS = 40;

/** Starts a process that asks for a tag every few milliseconds, and looks at all that is behind it as soon as it is there. Resolves once it polls. */
export async function startTagPoller(
  host: string,
  repository: string,
  tag: string,
  signatures: number,
): Promise<TagPoller> {
  const args = [fileURLToPath(import.meta.url), host, repository, tag, String(signatures)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const closed = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), closed]);
  return {
    async stop() {
      child.stdin.end();
      await closed;
      return JSON.parse(output.slice(output.indexOf('\n'))) as PollReport;
    },
  };
}

async function poll(host: string, repository: string, tag: string, signatures: number): Promise<PollReport> {
  let isStopped = false;
  process.stdin.on('close', () => {
    isStopped = true;
  });
  process.stdin.resume();
  process.stdout.write('polling\n');
  const wrong = new Set<string>();
  let sightings = 0;
  for (let polls = 1; ; polls++) {
    const isLast = isStopped;
    const isThere = (await askStatus(`http://${host}/v2/${repository}/manifests/${tag}?polled`)) !== 404;
    const state = isThere ? await readTagState(host, repository, tag, signatures) : undefined;
    if (state !== undefined) sightings += 1;
    for (const missing of state?.missing ?? []) wrong.add(missing);
    if (isLast)
      return { polls, sightings, wrong: [...wrong], ...(state === undefined ? {} : { digest: state.digest }) };
    await sleep(state === undefined ? PAUSE_MS : SIGHT_PAUSE_MS);
  }
}

const agent = new Agent({ keepAlive: true });

/** A HEAD by the plainest of clients: it is sent a hundred times a second. Its query means nothing, and tells it from the requests that faults are about. */
async function askStatus(url: string): Promise<number> {
  const sent = request(url, { method: 'HEAD', agent }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode ?? 0;
}

if (import.meta.main) {
  const [host = '', repository = '', tag = '', signatures = '1'] = process.argv.slice(2);
  console.log(JSON.stringify(await poll(host, repository, tag, Number(signatures))));
  agent.destroy();
}
