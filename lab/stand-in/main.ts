import { runCosign } from './cosign.ts';
import { runTrivy } from './trivy.ts';

/** `node lab/stand-in/main.ts cosign|trivy …`: a stand-in as the process that a promotion starts. */
const [tool = '', ...args] = process.argv.slice(2);
const run = { cosign: runCosign, trivy: runTrivy }[tool];
if (run === undefined) throw new Error(`there is no stand-in for ${JSON.stringify(tool)}`);
const { code, stdout, stderr } = await run({ args, env: process.env as Readonly<Record<string, string>> });
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
