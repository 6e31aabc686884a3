import { describe, expect, it } from '@jest/globals';
import { explainCertificate, isCertificateFault } from '../../../src/registry/transport/certificate-fault.ts';

const fault = (code: string) => new Error('fetch failed', { cause: Object.assign(new Error('tls'), { code }) });

describe('explainCertificate', () => {
  it.each([
    ['CERT_HAS_EXPIRED', /r\.test has expired: have it renewed/],
    ['CERT_NOT_YET_VALID', /not valid yet: check the clock/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /is for other names/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /add its authority \(registries\.ca\)/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /registries\.ca/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /registries\.ca/],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /registries\.ca/],
  ])('says of %s what would help', (code, hint) => {
    expect(isCertificateFault(fault(code))).toBe(true);
    expect(explainCertificate(fault(code), 'r.test')).toMatch(hint);
    expect(explainCertificate(fault(code), 'r.test')).toContain('registries.insecure');
  });

  it.each(['ECONNRESET', 'ENOTFOUND', 'UND_ERR_SOCKET'])('says nothing of %s', (code) => {
    expect(explainCertificate(fault(code), 'r.test')).toBeUndefined();
  });
});
