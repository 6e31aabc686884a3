import { createHash, verify, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeAuthority } from '../../../lab/certificate.ts';
import { type CtLog, startCtLog } from '../../../lab/sigstore/ct-log.ts';

const der = (tag: number, ...parts: readonly Buffer[]) => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
};
const serial = der(0x02, Buffer.from([7]));
const other = der(0x30, Buffer.from('0603551d13', 'hex'), der(0x04, der(0x30)));
const poison = der(0x30, Buffer.from('060a2b06010401d6790204030101ff', 'hex'), der(0x04, Buffer.from([5, 0])));
/** With nothing in it but a serial number and extensions. */
const precertificate = (...extensions: readonly Buffer[]) =>
  der(0x30, der(0x30, serial, der(0xa3, der(0x30, ...extensions))), der(0x30));

let log: CtLog;
beforeAll(async () => {
  log = await startCtLog();
});
afterAll(() => log.close());
const add = async (leaf: Buffer, issuer: X509Certificate) => {
  const chain = [leaf, issuer.raw].map((each) => each.toString('base64'));
  const response = await fetch(`${log.url}/ct/v1/add-pre-chain`, { method: 'POST', body: JSON.stringify({ chain }) });
  return { status: response.status, body: (await response.json()) as Record<string, string | number> };
};

describe('startCtLog', () => {
  const issuer = new X509Certificate(makeAuthority('issuer').cert);

  it('signs the body without the poison, the key of the issuer, and the time', async () => {
    const { status, body } = await add(precertificate(other, poison), issuer);
    const bare = der(0x30, serial, der(0xa3, der(0x30, other)));
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(BigInt(body.timestamp ?? 0));
    const issuerKey = issuer.publicKey.export({ type: 'spki', format: 'der' });
    const signed = Buffer.concat([
      Buffer.from([0, 0]),
      time,
      Buffer.from([0, 1]),
      createHash('sha256').update(issuerKey).digest(),
      Buffer.from([0, 0, bare.length]),
      bare,
      Buffer.from([0, 0]),
    ]);
    const wire = Buffer.from(String(body.signature), 'base64');
    expect([status, wire.subarray(0, 4)]).toEqual([200, Buffer.from([4, 3, 0, wire.length - 4])]);
    expect(verify('sha256', signed, log.publicKey, wire.subarray(4))).toBe(true);
    expect(Math.abs(Number(body.timestamp) - Date.now())).toBeLessThan(60_000);
  });

  it('takes no certificate without the poison, and nothing that is no certificate', async () => {
    expect(await add(precertificate(other), issuer)).toMatchObject({ status: 400 });
    expect(await add(der(0x30, der(0x30, serial), der(0x30)), issuer)).toMatchObject({ status: 400 });
    expect(await add(issuer.raw, issuer)).toMatchObject({ status: 400 });
    expect(await add(Buffer.from('3080', 'hex'), issuer)).toMatchObject({ status: 400 });
  });
});
