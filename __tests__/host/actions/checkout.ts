import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../../../lab/process.ts';

/** A work tree whose pull request is one commit ahead of its base, as actions/checkout leaves it. */
export interface Checkout {
  readonly workspace: string;
  /** The commit before the pull request. */
  readonly baseSha: string;
  /** What the runner says of the event. */
  readonly env: NodeJS.ProcessEnv;
}

/** Makes one below `directory`: `base` is committed first, `head` on top. */
export async function createCheckout(
  directory: string,
  base: Readonly<Record<string, string>>,
  head: Readonly<Record<string, string>>,
): Promise<Checkout> {
  const workspace = join(directory, 'workspace');
  await mkdir(workspace);
  const git = async (...args: string[]): Promise<string> => {
    const identity = ['-c', 'user.name=lab', '-c', 'user.email=lab@example.test', '-c', 'commit.gpgsign=false'];
    const { code, stdout, stderr } = await run('git', [...identity, ...args], { cwd: workspace });
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  await git('init', '--quiet');
  await writeFiles(workspace, base);
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'base');
  const baseSha = await git('rev-parse', 'HEAD');
  await writeFiles(workspace, head);
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'head');
  const event = join(directory, 'event.json');
  await writeFile(event, JSON.stringify({ pull_request: { base: { sha: baseSha } } }));
  return { workspace, baseSha, env: { GITHUB_EVENT_PATH: event, GITHUB_REPOSITORY: 'org/app' } };
}

async function writeFiles(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
}
