/** One element of a DER encoding; https://www.itu.int/rec/T-REC-X.690 */
interface Element {
  readonly tag: number;
  readonly value: Buffer;
  /** With its tag and length. */
  readonly raw: Buffer;
}

const EXTENSIONS = 0xa3;
const SEQUENCE = 0x30;
/** The critical extension that makes a certificate unfit for use; https://www.rfc-editor.org/rfc/rfc6962#section-3.1 */
const POISON = Buffer.from('060a2b06010401d679020403', 'hex');

/** The part of a precertificate that a log signs: its TBSCertificate without the poison. Throws when it is none. */
export function readLoggedPart(precertificate: Buffer): Buffer {
  const [tbs] = readAll(readOne(precertificate).value);
  if (tbs === undefined) throw new Error('not a certificate');
  const fields = readAll(tbs.value);
  if (!fields.some(({ tag }) => tag === EXTENSIONS)) throw new Error('not a precertificate: it has no extensions');
  const kept = fields.map((field) => (field.tag === EXTENSIONS ? withoutPoison(field) : field.raw));
  return write(SEQUENCE, kept);
}

function withoutPoison(field: Element): Buffer {
  const extensions = readAll(readOne(field.value).value);
  const kept = extensions.filter(({ value }) => !value.subarray(0, POISON.length).equals(POISON));
  if (kept.length === extensions.length) throw new Error('not a precertificate: it has no poison');
  const bytes = kept.map(({ raw }) => raw);
  return write(EXTENSIONS, [write(SEQUENCE, bytes)]);
}

function readAll(bytes: Buffer): Element[] {
  const elements: Element[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const element = readOne(rest);
    elements.push(element);
    rest = rest.subarray(element.raw.length);
  }
  return elements;
}

function readOne(bytes: Buffer): Element {
  const tag = bytes.readUInt8(0);
  const first = bytes.readUInt8(1);
  const extra = first < 0x80 ? 0 : first & 0x7f;
  const length = extra === 0 ? first : bytes.readUIntBE(2, extra);
  const start = 2 + extra;
  if (start + length > bytes.length) throw new Error('DER ends early');
  return { tag, value: bytes.subarray(start, start + length), raw: bytes.subarray(0, start + length) };
}

function write(tag: number, contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
