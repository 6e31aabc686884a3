/** True for the id of a builder, or a prefix of ids that ends in `/*` or `@*` behind a host. */
export function isBuilderPattern(text: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(text)) return false;
  const star = text.indexOf('*');
  return star < 0 || (star === text.length - 1 && /^[a-z][a-z0-9+.-]*:\/\/[^/*@]+\/(?:.*[/@])?\*$/.test(text));
}

/** True when a builder is the one a pattern names, or lies below the path it ends. */
export function matchesBuilder(pattern: string, id: string): boolean {
  if (!isBuilderPattern(pattern)) return false;
  if (!pattern.endsWith('*')) return id === pattern;
  const prefix = pattern.slice(0, -1);
  return id.length > prefix.length && id.startsWith(prefix) && !/\/\.\.?(?:\/|$)/.test(id);
}
