import { describe, expect, it } from '@jest/globals';
import { makeAuthority } from '../../lab/certificate.ts';
import { readCertificateFiles } from '../../src/inputs/certificates.ts';

const [one, two] = [makeAuthority('One').cert, makeAuthority('Two').cert];
const read = (...texts: string[]) => readCertificateFiles(texts.map((text, i) => ({ path: `${i}.pem`, text })));

describe('readCertificateFiles', () => {
  it('takes every certificate of every file, in order', () => {
    expect(read(one + two, one)).toEqual({ certificates: [one, two, one], problems: [] });
  });

  it('passes over words around them, and any line end', () => {
    const text = `\ufeff# subject: One\r\n${one.replaceAll('\n', '\r\n')}\r\nissuer=Two\r\n  ${two}`;
    expect(read(text)).toEqual({ certificates: [one, two], problems: [] });
  });

  it('hands on nothing but certificates', () => {
    const { certificates } = read(makeAuthority('Three').key + one);
    expect(certificates).toEqual([one]);
  });

  it.each([
    ['nothing', '', 'no certificate in PEM'],
    ['a key', makeAuthority('Three').key, 'no certificate in PEM'],
    ['half a certificate', one.slice(0, 200), 'a certificate that cannot be read'],
    ['half a certificate after a whole one', one + two.slice(0, 200), 'a certificate that cannot be read'],
    ['half a certificate before a whole one', one.slice(0, 200) + two, 'a certificate that cannot be read'],
    ['other bytes', one.replace(/\n.{20}/, `\n${'A'.repeat(20)}`), 'a certificate that cannot be read'],
  ])('tells which file holds %s', (_, text, said) => {
    const { problems } = read(one, text);
    expect(problems).toEqual([expect.objectContaining({ where: 'input policy', fix: expect.stringContaining('PEM') })]);
    expect(problems[0]?.message).toBe(`names 1.pem in registries.ca, which holds ${said}.`);
  });
});
