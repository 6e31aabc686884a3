// Plain JavaScript on purpose: it must run, and say what is missing, on a Node.js that cannot run TypeScript.
const NEEDED = 24;

/** Ends the process with one clear line when this Node.js is too old for the sources of this project. */
export function requireNode() {
  const [major = '0'] = process.versions.node.split('.');
  if (Number(major) >= NEEDED) return;
  const where =
    process.platform === 'linux'
      ? '"npm ci" installs one on Linux (glibc, x64 or arm64), and "npm run" uses it'
      : 'get it from https://nodejs.org';
  console.error(`Node ${NEEDED} needed, this is ${process.versions.node}: ${where}.`);
  process.exit(1);
}

requireNode();
