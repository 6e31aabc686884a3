import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { makeAuthority, makeCertificate } from '../../lab/certificate.ts';

const authority = makeAuthority('Lab authority');
const read = ({ cert }: { readonly cert: string }) => new X509Certificate(cert);

describe('makeCertificate', () => {
  it('is for its names and addresses, today, and signed by the authority', () => {
    const cert = read(makeCertificate({ names: ['a.test', '127.0.0.1'] }, authority));
    expect([cert.checkHost('a.test'), cert.checkHost('b.test'), cert.checkIP('127.0.0.1')]).toEqual([
      'a.test',
      undefined,
      '127.0.0.1',
    ]);
    expect(cert.verify(read(authority).publicKey)).toBe(true);
    expect(cert.checkIssued(read(authority))).toBe(true);
    expect([cert.ca, read(authority).ca]).toEqual([false, true]);
    expect(cert.validFromDate.getTime()).toBeLessThan(Date.now());
    expect(cert.validToDate.getTime()).toBeGreaterThan(Date.now());
  });

  it('without an authority signs itself', () => {
    const cert = read(makeCertificate({ names: ['a.test'] }));
    expect(cert.verify(cert.publicKey)).toBe(true);
    expect(cert.verify(read(authority).publicKey)).toBe(false);
  });

  it('holds as long as it is told', () => {
    const [notBefore, notAfter] = [new Date('2001-02-03T04:05:06Z'), new Date('2002-01-01T00:00:00Z')];
    const cert = read(makeCertificate({ names: ['a.test'], notBefore, notAfter }, authority));
    expect([cert.validFromDate, cert.validToDate]).toEqual([notBefore, notAfter]);
  });

  it('comes with its own key, and another one each time', () => {
    const [one, two] = [makeCertificate({ names: ['a.test'] }), makeCertificate({ names: ['a.test'] })];
    expect(one.key).not.toBe(two.key);
    expect(read(one).serialNumber).not.toBe(read(two).serialNumber);
  });
});
