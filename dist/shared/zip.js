import { crc32, inflateRawSync } from "node:zlib";
// src/tool/zip.ts
const END = 101010256;
const CENTRAL = 33639248;
const LOCAL = 67324752;
const END_LENGTH = 22;
const MAX_COMMENT = 65535;
/**
* The content of one entry of a ZIP archive, checked against its size and CRC-32. Reads what release tools write: stored
* or deflated entries, neither encrypted nor ZIP64; throws on anything else.
* https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
*/
function readZipEntry(zip, name, maxBytes) {
	const end = findEnd(zip);
	const entries = zip.readUInt16LE(end + 10);
	let at = zip.readUInt32LE(end + 16);
	for (let i = 0; i < entries; i++) {
		if (zip.readUInt32LE(at) !== CENTRAL) throw new Error("the central directory of the archive is broken");
		const nameLength = zip.readUInt16LE(at + 28);
		if (zip.toString("utf8", at + 46, at + 46 + nameLength) === name) return readEntry(zip, at, maxBytes);
		at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
	}
	throw new Error(`the archive has no ${name}`);
}
function findEnd(zip) {
	const last = zip.length - END_LENGTH;
	for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) if (zip.readUInt32LE(at) === END) return at;
	throw new Error("not a ZIP archive");
}
function readEntry(zip, central, maxBytes) {
	const flags = zip.readUInt16LE(central + 8);
	const method = zip.readUInt16LE(central + 10);
	const checksum = zip.readUInt32LE(central + 16);
	const packed = zip.readUInt32LE(central + 20);
	const size = zip.readUInt32LE(central + 24);
	const local = zip.readUInt32LE(central + 42);
	if ((flags & 1) !== 0) throw new Error("the entry is encrypted");
	if (size > maxBytes) throw new Error(`the entry has ${size} bytes, more than ${maxBytes}`);
	if (zip.readUInt32LE(local) !== LOCAL) throw new Error("the entry has no local header");
	const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
	const bytes = unpack(method, zip.subarray(start, start + packed), size);
	if (bytes.length !== size || crc32(bytes) !== checksum) throw new Error("the entry is damaged");
	return bytes;
}
function unpack(method, bytes, size) {
	if (method === 0) return bytes;
	if (method === 8) return inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) });
	throw new Error(`compression method ${method} is not supported`);
}
export { readZipEntry };
