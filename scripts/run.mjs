// Plain JavaScript on purpose: npm starts this with whatever Node.js there is, and it finds the one the sources need.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';

const NEEDED = 24;
const ROOT = resolve(dirname(process.argv[1] ?? '.'), '..');

/** This Node.js when it is new enough, else the one that "npm ci" installs on Linux; npm 10 does not always link that one. */
function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED) return process.execPath;
  const installed = join(ROOT, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  return existsSync(installed) ? installed : undefined;
}

const node = findNode();
if (node === undefined) {
  const where =
    process.platform === 'linux'
      ? '"npm ci" installs one on Linux (glibc, x64 or arm64)'
      : 'get it from https://nodejs.org';
  console.error(`Node ${NEEDED} needed, this is ${process.versions.node}: ${where}.`);
  process.exit(1);
}

const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
const child = spawn(node, process.argv.slice(2), { stdio: 'inherit', env: { ...process.env, PATH: path } });
// A terminal sends SIGINT to the child as well; anything else has to be passed on.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
});
