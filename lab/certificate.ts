import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A private key and the certificate for it, in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** What a server's certificate says. */
export interface CertificateOptions {
  /** DNS names and IPv4 addresses it is for. */
  readonly names: readonly string[];
  /** Default an hour ago. */
  readonly notBefore?: Date;
  /** Default a day from now. */
  readonly notAfter?: Date;
}

const HOUR_MS = 60 * 60 * 1000;
const ECDSA_WITH_SHA256 = tag(0x30, oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

/** Makes the certificate of an authority that signs itself; it may not stand for a server. */
export function makeAuthority(name: string): Certificate {
  return issue({ name, extensions: [basicConstraints(true)] });
}

/** Makes a certificate for a server: signed by an authority, or without one by itself. */
export function makeCertificate(options: CertificateOptions, authority?: Certificate): Certificate {
  const { names, ...validity } = options;
  const extensions = [basicConstraints(false), subjectAltName(names)];
  return issue({ name: names[0] ?? 'nobody', extensions, ...validity, authority });
}

interface Content {
  readonly name: string;
  readonly extensions: readonly Buffer[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly authority?: Certificate | undefined;
}

/** X.509 v3 in DER; https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
function issue({ name, extensions, notBefore, notAfter, authority }: Content): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = authority === undefined ? name : commonNameOf(authority);
  const signer: KeyObject = authority === undefined ? privateKey : createPrivateKey(authority.key);
  const body = tag(
    0x30,
    tag(0xa0, integer(Buffer.from([2]))),
    integer(randomBytes(8)),
    ECDSA_WITH_SHA256,
    distinguishedName(issuer),
    tag(0x30, time(notBefore ?? new Date(Date.now() - HOUR_MS)), time(notAfter ?? new Date(Date.now() + 24 * HOUR_MS))),
    distinguishedName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tag(0xa3, tag(0x30, ...extensions)),
  );
  const signature = tag(0x03, Buffer.from([0]), sign('sha256', body, signer));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: toPem(tag(0x30, body, ECDSA_WITH_SHA256, signature)),
  };
}

function commonNameOf({ cert }: Certificate): string {
  return new X509Certificate(cert).subject.replace(/^CN=/, '');
}

function distinguishedName(commonName: string): Buffer {
  return tag(0x30, tag(0x31, tag(0x30, oid(0x55, 0x04, 0x03), tag(0x0c, Buffer.from(commonName)))));
}

function basicConstraints(isAuthority: boolean): Buffer {
  const value = isAuthority ? tag(0x30, tag(0x01, Buffer.from([0xff]))) : tag(0x30);
  return tag(0x30, oid(0x55, 0x1d, 0x13), tag(0x01, Buffer.from([0xff])), tag(0x04, value));
}

function subjectAltName(names: readonly string[]): Buffer {
  const entries = names.map((name) =>
    isIPv4(name) ? tag(0x87, Buffer.from(name.split('.').map(Number))) : tag(0x82, Buffer.from(name)),
  );
  return tag(0x30, oid(0x55, 0x1d, 0x11), tag(0x04, tag(0x30, ...entries)));
}

/** UTCTime: until 2049. */
function time(date: Date): Buffer {
  return tag(0x17, Buffer.from(`${date.toISOString().replace(/\D/g, '').slice(2, 14)}Z`));
}

function integer(bytes: Buffer): Buffer {
  const positive = Buffer.from(bytes);
  positive[0] = ((positive[0] ?? 0) & 0x7f) | (bytes.length > 1 ? 0x40 : 0);
  return tag(0x02, positive);
}

function oid(...bytes: readonly number[]): Buffer {
  return tag(0x06, Buffer.from(bytes));
}

function tag(type: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([type, ...lengthOf(content.length)]), content]);
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
