import { createECDH, type KeyObject } from 'node:crypto';

/** The order of P-256's group; https://csrc.nist.gov/pubs/sp/800/186/final section 3.2.1.3 */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The ECDSA signature (DER, base64) by a P-256 key of a SHA-256 digest that another made: Node itself signs messages only. */
export function signDigest(digest: Buffer, privateKey: KeyObject): string {
  const once = createECDH('prime256v1');
  const point = once.generateKeys(); // 0x04, x, y
  const r = toNumber(point.subarray(1, 33)) % ORDER;
  const s = (invert(toNumber(once.getPrivateKey())) * (toNumber(digest) + r * readSecret(privateKey))) % ORDER;
  const content = Buffer.concat([writeInteger(r), writeInteger(s)]);
  return Buffer.concat([Buffer.from([0x30, content.length]), content]).toString('base64');
}

/** True when it is such a signature. The private key makes this short: it leads back to the number that was used once. */
export function isSignatureOf(digest: Buffer, signature: string, privateKey: KeyObject): boolean {
  const [r, s] = readIntegers(Buffer.from(signature, 'base64'));
  if (r === undefined || s === undefined || r <= 0n || s <= 0n || r >= ORDER || s >= ORDER) return false;
  const once = (invert(s) * (toNumber(digest) + r * readSecret(privateKey))) % ORDER;
  if (once === 0n) return false;
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(Buffer.from(once.toString(16).padStart(64, '0'), 'hex'));
  return toNumber(curve.getPublicKey().subarray(1, 33)) % ORDER === r;
}

function readSecret(privateKey: KeyObject): bigint {
  return toNumber(Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url'));
}

/** The INTEGERs of a SEQUENCE in DER; none when it is not that. */
function readIntegers(der: Buffer): bigint[] {
  const numbers: bigint[] = [];
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return numbers;
  for (let rest = der.subarray(2); rest[0] === 0x02; rest = rest.subarray(2 + (rest[1] ?? 0))) {
    numbers.push(toNumber(rest.subarray(2, 2 + (rest[1] ?? 0))));
  }
  return numbers;
}

/** By Fermat: the order is a prime. */
function invert(value: bigint): bigint {
  let result = 1n;
  let base = value % ORDER;
  for (let exponent = ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % ORDER;
    base = (base * base) % ORDER;
  }
  return result;
}

function toNumber(bytes: Buffer): bigint {
  return BigInt(`0x0${bytes.toString('hex')}`);
}

/** A positive INTEGER in DER. */
function writeInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const positive = bytes.readUInt8(0) < 0x80 ? bytes : Buffer.concat([Buffer.alloc(1), bytes]);
  return Buffer.concat([Buffer.from([0x02, positive.length]), positive]);
}
