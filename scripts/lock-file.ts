interface LockEntry {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The optional dependencies that some package names and the lock does not hold: with one, `npm ci` of newer npm 11 fails on machines of every kind. */
export function findMissingOptionals(lock: { readonly packages: Readonly<Record<string, LockEntry>> }): string[] {
  const missing = new Set<string>();
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!isLocked(lock.packages, path, name)) missing.add(name);
    }
  }
  return [...missing].sort();
}

/** Looks where Node would: in the package's own folder, then in every one above it. */
function isLocked(packages: Readonly<Record<string, LockEntry>>, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true;
    if (folder === '') return false;
  }
}
