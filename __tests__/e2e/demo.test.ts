import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { toolsDirectory } from '../../lab/tools.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const TIMEOUT_MS = 120_000;

let temporary: string;
let output: string;

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'demo-test-'));
  output = '';
});

afterEach(async () => {
  await rm(temporary, { recursive: true, force: true });
});

/** Starts the demo as the leader of a process group of its own, so that all that it started can be found. */
function startDemo(onText: (child: ChildProcess) => void = () => undefined): ChildProcess {
  const env = { PATH: process.env.PATH, HOME: temporary, TMPDIR: temporary, PROMOTE_IMAGE_TOOLS: toolsDirectory() };
  const child = spawn(process.execPath, ['demo/demo.ts'], { cwd: ROOT, env, detached: true, stdio: 'pipe' });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      onText(child);
    });
  }
  return child;
}

/** The processes of a group that still run, by their command; field 5 of `/proc/PID/stat` is the group. */
async function listGroup(group: number | undefined): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return stats.filter((stat) => stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2] === String(group));
}

describe('npm run demo', () => {
  it(
    'takes an image from dev through QA to production, refuses three, verifies, writes the pages, and leaves nothing else behind',
    async () => {
      const child = startDemo();
      const [code] = await once(child, 'close');
      expect({ code, output }).toMatchObject({ code: 0 });
      expect(output).toMatch(/\| Result: promoted\n.*It ended as "promoted" \(exit code 0\) after [0-9.]+ s\./);
      const ends = Array.from(output.matchAll(/It ended as "(\w+)" \(exit code (\d)\)/g), ([, end, exit]) => [
        end,
        exit,
      ]);
      expect(ends).toEqual([
        ...[
          ['promoted', '0'],
          ['planned', '0'],
          ['promoted', '0'],
        ],
        ...[
          ['refused', '3'],
          ['refused', '3'],
          ['refused', '3'],
        ],
        ['verified', '0'],
      ]);
      const [planned, carriedOut] = Array.from(
        output.matchAll(/\| Plan {4}(sha256:\S+)/g),
        ([, digest]) => digest,
      ).slice(1);
      expect(carriedOut).toBe(planned);
      expect(output).toMatch(/In production now: 127\.0\.0\.1:\d+\/shop\/web:1\.4\.0@sha256:[a-f0-9]{64}\n/);
      expect(output).toMatch(/Required attestations: passed: https:\/\/promote-image\.github\.io\/promotion\/v1 by QA/);
      expect(output).toMatch(/\| error SOURCE_UNSIGNED: [\s\S]*\| error ATTESTATION_MISSING: /);
      expect(output).toMatch(/\| error VULNERABLE: .*CVE-2099-0001/);
      expect(output).toMatch(/\| error TAG_EXISTS: /);
      expect(output).toMatch(/\| {3}before .*\(qa\).*, signed by QA\n/);
      expect(output.match(/\n {3}accepted\n/g)).toHaveLength(2);
      expect(output).not.toMatch(/::[a-z-]+(?: [^:]*)?::|%0A|BEGIN ENCRYPTED/);
      const titles = {
        ...{ 'plan.html': 'Plan, waiting for approval', 'summary.html': 'Promoted: shop/web:1.4.0' },
        ...{ 'refused.html': 'Refused: shop/web:1.5.0', 'chain.html': 'Verified: 1 image' },
      };
      for (const [name, title] of Object.entries(titles)) {
        expect(await readFile(join(ROOT, 'demo/out', name), 'utf8')).toContain(title);
      }
      expect(await readdir(temporary)).toEqual([]);
      expect(await listGroup(child.pid)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it.each([
    ['Ctrl-C, which reaches all of its processes', 'SIGINT', -1],
    ['a SIGTERM to it alone', 'SIGTERM', 1],
  ] as const)(
    'ended by %s in the middle of a promotion, exits with 130 and leaves nothing behind',
    async (_, signal, sign) => {
      let isSent = false;
      const child = startDemo(({ pid }) => {
        if (isSent || pid === undefined || !output.includes('| Fetch the image')) return;
        isSent = true;
        process.kill(sign * pid, signal);
      });
      const [code] = await once(child, 'close');
      expect({ code, output }).toMatchObject({ code: 130 });
      expect(output).toContain('Interrupted: ');
      expect(output).not.toContain('Result: promoted');
      expect(await readdir(temporary)).toEqual([]);
      expect(await listGroup(child.pid)).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
