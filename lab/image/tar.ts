/** One entry of an archive: a file, or a directory when `bytes` is absent. */
export interface TarEntry {
  readonly path: string;
  readonly bytes?: Uint8Array | string;
  /** Permission bits; default 0644 for files, 0755 for directories. */
  readonly mode?: number;
}

const BLOCK = 512;

/** Writes a ustar archive that depends on nothing but its entries: owner 0, time 0, the order given; https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html */
export function writeTar(entries: readonly TarEntry[]): Buffer {
  const parts: Buffer[] = [];
  for (const entry of entries) {
    const bytes = Buffer.from(entry.bytes ?? '');
    parts.push(writeHeader(entry, bytes.length), bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK));
  }
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function writeHeader(entry: TarEntry, size: number): Buffer {
  const isDirectory = entry.bytes === undefined;
  const header = Buffer.alloc(BLOCK);
  const { prefix, name } = splitPath(isDirectory ? `${entry.path}/` : entry.path);
  header.write(name, 0);
  header.write(octal(entry.mode ?? (isDirectory ? 0o755 : 0o644), 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(size, 11), 124);
  header.write(octal(0, 11), 136);
  header.write(' '.repeat(8), 148);
  header.write(isDirectory ? '5' : '0', 156);
  header.write('ustar\u000000', 257);
  header.write(prefix, 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148);
  return header;
}

function splitPath(path: string): { prefix: string; name: string } {
  if (Buffer.byteLength(path) <= 100) return { prefix: '', name: path };
  const slash = path.indexOf('/', Math.max(0, path.length - 101));
  const [prefix, name] = [path.slice(0, slash), path.slice(slash + 1)];
  if (slash <= 0 || name === '' || Buffer.byteLength(prefix) > 155 || Buffer.byteLength(name) > 100) {
    throw new RangeError(`${path} is too long for ustar`);
  }
  return { prefix, name };
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
