import { crc32 } from 'node:zlib';

const NAMES_ARE_UTF8 = 0x0800;
/** 1980-01-01, the earliest date the format knows, in its own encoding. */
const DATE = 0x0021;

/** Writes a zip of uncompressed files that depends on nothing but them; https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
export function writeZip(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const name = Buffer.from(path);
    const bytes = Buffer.from(content);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(10, 0);
    shared.writeUInt16LE(NAMES_ARE_UTF8, 2);
    shared.writeUInt16LE(DATE, 8);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(bytes.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    shared.writeUInt16LE(name.length, 22);
    local.push(Buffer.from('PK\u0003\u0004'), shared, name, bytes);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.from('PK\u0001\u0002\n\u0000', 'latin1'), shared, place, name);
    offset += 30 + name.length + bytes.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}
