import { ImageError } from '../image/error.ts';
import { RegistryError } from '../registry/error.ts';

/** What is wrong with content that a registry holds, whoever put it there. */
const CONTENT_CODES: readonly string[] = ['DIGEST_MISMATCH', 'SIZE_MISMATCH', 'TOO_LARGE'];
const ABSENT = 'the registry does not have it';
const ABSENT_CODES: readonly string[] = ['MANIFEST_UNKNOWN', 'BLOB_UNKNOWN', 'NOT_FOUND'];

/**
 * Tells what is wrong with an attachment from a registry that could not be asked. The first anybody with the right to
 * push can bring about, so it takes nothing from other attachments; the second is undefined here, and to be thrown.
 */
export function describeFlaw(error: unknown): string | undefined {
  if (error instanceof ImageError) return error.message;
  if (!(error instanceof RegistryError)) return undefined;
  if (CONTENT_CODES.includes(error.code)) return error.message;
  if (error.code === 'PROTOCOL' && error.cause instanceof ImageError) return error.cause.message;
  return isSaidToBeAbsent(error) ? ABSENT : undefined;
}

/** As describeFlaw, where a registry may say "not found" without words: then a look by `isThere` decides. */
export async function explainFlaw(error: unknown, isThere: () => Promise<boolean>): Promise<string> {
  const reason = describeFlaw(error);
  if (reason !== undefined) return reason;
  const mayBeAbsent = error instanceof RegistryError && error.code === 'NOT_FOUND';
  if (!mayBeAbsent || (await isThere())) throw error;
  return ABSENT;
}

/** Only the registry's own words make something absent. */
function isSaidToBeAbsent({ code, diagnostics }: RegistryError): boolean {
  return code === 'NOT_FOUND' && diagnostics.some((diagnostic) => ABSENT_CODES.includes(diagnostic.code));
}
