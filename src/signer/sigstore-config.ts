import { SignerError } from './error.ts';

/** Names no service; https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto */
export const EMPTY_SIGNING_CONFIG =
  '{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json","rekorTlogConfig":{},"tsaConfig":{}}';

/** Trusts no service. With it cosign makes no request at all; without one it asks the public Sigstore what to trust. */
export const EMPTY_TRUSTED_ROOT = '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}';

/** What can be checked with a trusted root. */
export interface TrustedRoot {
  readonly text: string;
  readonly hasAuthorities: boolean;
  readonly hasLogs: boolean;
  readonly hasCertificateLogs: boolean;
  readonly hasTimestampAuthorities: boolean;
}

/** Parses the text of a trusted root; throws TRUST_UNUSABLE. */
export function parseTrustedRoot(text: string): TrustedRoot {
  const root = parseConfig(text, 'trustedroot', 'trusted-root', 'cosign trusted-root create');
  return {
    text,
    hasAuthorities: isFilled(root.certificateAuthorities),
    hasLogs: isFilled(root.tlogs),
    hasCertificateLogs: isFilled(root.ctlogs),
    hasTimestampAuthorities: isFilled(root.timestampAuthorities),
  };
}

/** Checks a signing configuration against what is to be done: with a log it must name one; without, the log is taken out of it, so that nothing is published that the policy keeps private. Throws TRUST_UNUSABLE. */
export function fitSigningConfig(text: string, transparencyLog: boolean): string {
  const config = parseConfig(text, 'signingconfig', 'signing-config', 'cosign signing-config create');
  if (!transparencyLog) return JSON.stringify({ ...config, rekorTlogUrls: [], rekorTlogConfig: {} });
  if (isFilled(config.rekorTlogUrls)) return text;
  throw new SignerError('TRUST_UNUSABLE', 'The signing configuration names no transparency log, and one is demanded', {
    hint: 'Name one in signing-config (rekorTlogUrls), or say signature: { transparencyLog: false } in the policy.',
  });
}

function parseConfig(text: string, kind: string, input: string, command: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new SignerError('TRUST_UNUSABLE', `The file of ${input} is not JSON`, {
      cause,
      hint: `Make it with ${command}.`,
    });
  }
  const { mediaType } = (parsed ?? {}) as { mediaType?: unknown };
  if (typeof mediaType === 'string' && mediaType.startsWith(`application/vnd.dev.sigstore.${kind}`))
    return parsed as Readonly<Record<string, unknown>>;
  throw new SignerError('TRUST_UNUSABLE', `The file of ${input} has the mediaType ${JSON.stringify(mediaType)}`, {
    hint: `It must be one of application/vnd.dev.sigstore.${kind}: make it with ${command}.`,
  });
}

function isFilled(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}
