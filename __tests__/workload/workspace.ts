import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A workspace on disk. */
export interface Workspace {
  readonly directory: string;
  /** Writes files by their paths in it. */
  write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void>;
  remove(): Promise<void>;
}

/** Makes an empty workspace in a temporary directory; what is beside it in there is outside of it. */
export async function makeWorkspace(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<Workspace> {
  const home = await mkdtemp(join(tmpdir(), 'workspace-'));
  const directory = join(home, 'workspace');
  await mkdir(directory);
  const workspace: Workspace = {
    directory,
    async write(more) {
      for (const [path, content] of Object.entries(more)) {
        await mkdir(dirname(join(directory, path)), { recursive: true });
        await writeFile(join(directory, path), content);
      }
    },
    remove: () => rm(home, { recursive: true, force: true }),
  };
  await workspace.write(files);
  return workspace;
}
