import { X509Certificate } from 'node:crypto';
import type { Problem } from '../base/error.ts';

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** The certificates of PEM files, whatever stands around them; a file without one, or with one that cannot be read, is a problem. https://www.rfc-editor.org/rfc/rfc7468#section-5 */
export function readCertificateFiles(files: readonly { readonly path: string; readonly text: string }[]): {
  readonly certificates: readonly string[];
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const certificates = files.flatMap(({ path, text }) => {
    const blocks = [...text.matchAll(BLOCK)].map(([block]) => block);
    const began = text.split('-----BEGIN CERTIFICATE-----').length - 1;
    const readable = blocks.flatMap(normalizeCertificate);
    if (readable.length > 0 && readable.length === began) return readable;
    problems.push({
      where: 'input policy',
      message: `names ${path} in registries.ca, which holds ${began === 0 ? 'no certificate in PEM' : 'a certificate that cannot be read'}.`,
      fix: 'Write certificates in PEM, each from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.',
    });
    return [];
  });
  return { certificates, problems };
}

function normalizeCertificate(block: string): string[] {
  try {
    return [new X509Certificate(block).toString()];
  } catch {
    return [];
  }
}
