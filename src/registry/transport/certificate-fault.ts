import { codesOf } from './fault.ts';

/** True when a connection was given up because of a certificate. */
export function isCertificateFault(fault: unknown): boolean {
  return codesOf(fault).some((code) => /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ISSUER/.test(code));
}

/** What to change so that the certificate of a host passes; undefined when a certificate was not the trouble. An authority that is added mends neither time nor name. */
export function explainCertificate(fault: unknown, host: string): string | undefined {
  if (!isCertificateFault(fault)) return undefined;
  const codes = codesOf(fault);
  const orInsecure = 'or name the host in registries.insecure';
  if (codes.includes('CERT_HAS_EXPIRED'))
    return `A certificate of ${host} has expired: have it renewed, check the clock of this machine, ${orInsecure}.`;
  if (codes.includes('CERT_NOT_YET_VALID'))
    return `A certificate of ${host} is not valid yet: check the clock of this machine, ${orInsecure}.`;
  if (codes.includes('ERR_TLS_CERT_ALTNAME_INVALID'))
    return `The certificate of ${host} is for other names: use one of them, have one made for ${host}, ${orInsecure}.`;
  return `The certificate of ${host} is not trusted: add its authority (registries.ca), ${orInsecure}.`;
}
