import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ToolError } from './error.ts';
import type { ReleaseFile } from './known-tools.ts';

/** No executable is larger than this many bytes; what claims to be is not unpacked. */
const MAX_EXECUTABLE_BYTES = 1024 ** 3;

/**
 * Takes only the executable out of a release file whose checksum was right, into `directory`, and returns its path.
 * Nothing else in the archive is written, so no name in it can reach another place. Throws BAD_ARCHIVE.
 */
export async function unpackExecutable(archive: string, release: ReleaseFile, directory: string): Promise<string> {
  const path = join(directory, release.executable);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  try {
    await UNPACK[release.kind](archive, release.executable, directory);
    await chmod(path, 0o700);
  } catch (cause) {
    throw new ToolError('BAD_ARCHIVE', `${release.file} holds no usable ${release.executable}`, {
      cause,
      hint: 'The checksum was right, so the release itself is not what this version expects: try another version.',
    });
  }
  return path;
}

type Unpack = (archive: string, executable: string, directory: string) => Promise<void>;

const UNPACK: Readonly<Record<ReleaseFile['kind'], Unpack>> = {
  'tar.gz': async (archive, executable, directory) => {
    const { extract } = await import('tar');
    await extract({
      file: archive,
      cwd: directory,
      strict: true,
      preserveOwner: false,
      filter: (path, entry) =>
        path.replace(/^\.\//, '') === executable &&
        'type' in entry &&
        entry.type === 'File' &&
        entry.size <= MAX_EXECUTABLE_BYTES,
    });
  },
  zip: async (archive, executable, directory) => {
    const { readZipEntry } = await import('./zip.ts');
    const bytes = readZipEntry(await readFile(archive), executable, MAX_EXECUTABLE_BYTES);
    await writeFile(join(directory, executable), bytes, { flag: 'wx' });
  },
  binary: async (archive, executable, directory) => {
    await copyFile(archive, join(directory, executable));
  },
};
