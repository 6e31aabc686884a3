/** The codes of an error, of what caused it, and of the errors an aggregate holds: `ECONNRESET`, `UND_ERR_SOCKET`, `CERT_HAS_EXPIRED`. */
export function codesOf(error: unknown, depth = 5): readonly string[] {
  if (typeof error !== 'object' || error === null || depth === 0) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const inner = Array.isArray(errors) ? [cause, ...errors.slice(0, 8)] : [cause];
  return [...(typeof code === 'string' ? [code] : []), ...inner.flatMap((each) => codesOf(each, depth - 1))];
}
