import { isAbsolute, resolve } from 'node:path';
import { isKmsUri } from './kms.ts';

/** Where the private key is: an environment variable, a file, a KMS, or nowhere (`keyless`: a key of ten minutes, vouched for by an OIDC token). cosign reads it, we never do. */
export type SigningKey =
  | { readonly kind: 'env'; readonly variable: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'kms'; readonly uri: string }
  | { readonly kind: 'keyless' };

/** Parses the input `cosign-key`: empty (keyless), `env://VARIABLE`, a KMS URI, or a path, relative ones from `workspace`; returns undefined for any other scheme. */
export function parseSigningKey(text: string, workspace: string): SigningKey | undefined {
  if (text === '') return { kind: 'keyless' };
  const variable = /^env:\/\/([A-Za-z_][A-Za-z0-9_]*)$/.exec(text)?.[1];
  if (variable !== undefined) return { kind: 'env', variable };
  if (isKmsUri(text)) return { kind: 'kms', uri: text };
  if (/^[a-z0-9+.-]+:\/\//i.test(text)) return undefined;
  return { kind: 'file', path: isAbsolute(text) ? text : resolve(workspace, text) };
}

/** What messages call the key; of all but `keyless` it is what `cosign --key` takes as well. */
export function formatSigningKey(key: SigningKey): string {
  switch (key.kind) {
    case 'env':
      return `env://${key.variable}`;
    case 'file':
      return key.path;
    case 'kms':
      return key.uri;
    case 'keyless':
      return 'keyless';
  }
}

/** The variables that hold the key and its password; a KMS has its own, and a keyless signer none. */
export function listKeyVariables(key: SigningKey | undefined): string[] {
  if (key?.kind === 'env') return ['COSIGN_PASSWORD', key.variable];
  return key?.kind === 'file' ? ['COSIGN_PASSWORD'] : [];
}
