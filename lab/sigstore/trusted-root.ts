import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import type { CtLog } from './ct-log.ts';
import type { Fulcio, Rekor, TimestampAuthority } from './services.ts';

/** The services there are, for the documents that tell clients about them. */
export interface Services {
  readonly fulcio: Fulcio;
  readonly ctLog: CtLog | undefined;
  readonly timestampAuthority: TimestampAuthority | undefined;
  readonly rekor: Rekor | undefined;
}

/** How a trusted root differs from the right one. */
export interface TrustedRootOptions {
  /** Services whose keys it lacks. */
  readonly without?: readonly ('rekor' | 'ctLog' | 'timestampAuthority')[];
  /** A certificate authority (PEM) in the place of Fulcio's. */
  readonly certificateAuthority?: string;
}

const validFor = { start: '2024-01-01T00:00:00Z' };

/** What a client trusts; https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto */
export function describeTrustedRoot(services: Services, options: TrustedRootOptions = {}): object {
  const { fulcio, ctLog, timestampAuthority, rekor } = services;
  const has = (name: 'rekor' | 'ctLog' | 'timestampAuthority') => !options.without?.includes(name);
  const certificate = options.certificateAuthority ?? fulcio.certificate;
  return {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    certificateAuthorities: [describeAuthority(fulcio.url, certificate)],
    ...(ctLog && has('ctLog') && { ctlogs: [describeLog(ctLog.url, ctLog.publicKey, 'PKIX_ECDSA_P256_SHA_256')] }),
    ...(timestampAuthority &&
      has('timestampAuthority') && {
        timestampAuthorities: [describeAuthority(timestampAuthority.url, timestampAuthority.certificates)],
      }),
    ...(rekor && has('rekor') && { tlogs: [describeRekor(rekor)] }),
  };
}

/** Where a client finds the services, by the addresses of what stands before them. */
export function describeSigningConfig(urls: {
  readonly fulcio: string;
  readonly timestampAuthority: string | undefined;
  readonly rekor: string | undefined;
}): object {
  const list = (url: string | undefined, majorApiVersion: number) =>
    url === undefined ? [] : [{ url, majorApiVersion, validFor, operator: 'lab' }];
  const one = { selector: 'EXACT', count: 1 };
  const authority = urls.timestampAuthority && `${urls.timestampAuthority}/api/v1/timestamp`;
  return {
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: list(urls.fulcio, 1),
    rekorTlogUrls: list(urls.rekor, 2),
    rekorTlogConfig: urls.rekor === undefined ? {} : one,
    tsaUrls: list(authority, 1),
    tsaConfig: authority === undefined ? {} : one,
  };
}

function describeAuthority(uri: string, chain: string): object {
  const pems = chain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const certificates = pems.map((pem) => new X509Certificate(pem));
  const subject = certificates.at(-1)?.subject.match(/^CN=(.*)$/m)?.[1] ?? 'lab';
  return {
    subject: { organization: 'lab', commonName: subject },
    uri,
    certChain: { certificates: certificates.map(({ raw }) => ({ rawBytes: raw.toString('base64') })) },
    validFor,
  };
}

/** The id of a log is the hash of its key; https://www.rfc-editor.org/rfc/rfc6962#section-3.2 */
function describeLog(baseUrl: string, key: KeyObject, keyDetails: string): object {
  const der = key.export({ type: 'spki', format: 'der' });
  return describeKey(baseUrl, der, keyDetails, createHash('sha256').update(der));
}

/** That of Rekor v2 is the hash of its name and its key, as in a signed note; https://c2sp.org/signed-note */
function describeRekor({ origin, publicKey }: Rekor): object {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const id = createHash('sha256').update(`${origin}\n\u0001`).update(der.subarray(-32));
  return describeKey(`http://${origin}`, der, 'PKIX_ED25519', id);
}

function describeKey(baseUrl: string, der: Buffer, keyDetails: string, id: ReturnType<typeof createHash>): object {
  const publicKey = { rawBytes: der.toString('base64'), keyDetails, validFor };
  return { baseUrl, hashAlgorithm: 'SHA2_256', publicKey, logId: { keyId: id.digest('base64') } };
}
