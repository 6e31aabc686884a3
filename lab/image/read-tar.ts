const BLOCK = 512;

/** The regular files of a ustar archive, as `writeTar` makes it. Throws RangeError for one that ends too early. */
export function readTar(archive: Buffer): { readonly path: string; readonly bytes: Buffer }[] {
  const files: { path: string; bytes: Buffer }[] = [];
  for (let at = 0; archive[at] !== undefined && archive[at] !== 0; ) {
    const text = (from: number, length: number): string =>
      archive.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8);
    const [prefix, name] = [text(345, 155), text(0, 100)];
    const bytes = archive.subarray(at + BLOCK, at + BLOCK + size);
    if (bytes.length !== size) throw new RangeError('the archive ends in the middle of a file');
    if (text(156, 1) === '0') files.push({ path: prefix === '' ? name : `${prefix}/${name}`, bytes });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
