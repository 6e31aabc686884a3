/** The codes of an error, of what caused it, and of the errors an aggregate holds: `ECONNRESET`, `UND_ERR_SOCKET`, `CERT_HAS_EXPIRED`; where `withNames`, the name of an error that has none. */
export function codesOf(error: unknown, withNames = false, depth = 5): readonly string[] {
  if (typeof error !== 'object' || error === null || depth === 0) return [];
  const { code, name, cause, errors } = error as { code?: unknown; name?: unknown; cause?: unknown; errors?: unknown };
  const own = typeof code === 'string' || !withNames ? code : name;
  const inner = Array.isArray(errors) ? [cause, ...errors.slice(0, 8)] : [cause];
  return [...(typeof own === 'string' ? [own] : []), ...inner.flatMap((each) => codesOf(each, withNames, depth - 1))];
}
