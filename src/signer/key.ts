import { isAbsolute, resolve } from 'node:path';

/** Where the private key is: an environment variable, or a file. cosign reads it, we never do. */
export type SigningKey =
  | { readonly kind: 'env'; readonly variable: string }
  | { readonly kind: 'file'; readonly path: string };

/** Parses `env://VARIABLE` or a path, relative ones from `workspace`; returns undefined for any other scheme (a KMS, which this release does not use yet). */
export function parseSigningKey(text: string, workspace: string): SigningKey | undefined {
  const variable = /^env:\/\/([A-Za-z_][A-Za-z0-9_]*)$/.exec(text)?.[1];
  if (variable !== undefined) return { kind: 'env', variable };
  if (/^[a-z0-9+.-]+:\/\//i.test(text)) return undefined;
  return { kind: 'file', path: isAbsolute(text) ? text : resolve(workspace, text) };
}

/** What `cosign --key` takes. */
export function formatSigningKey(key: SigningKey): string {
  return key.kind === 'env' ? `env://${key.variable}` : key.path;
}
