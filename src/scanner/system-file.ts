/** What only an operating system has: what it is called, and the lists of its packages. */
const SYSTEM_FILE =
  /^(?:etc\/os-release|usr\/lib\/os-release|lib\/apk\/db\/.|var\/lib\/dpkg\/.|var\/lib\/rpm\/.|usr\/lib\/sysimage\/rpm\/.|var\/lib\/pacman\/local\/.|var\/db\/pkg\/.|var\/db\/xbps\/.)/;

/**
 * The first path in these layer archives that tells of an operating system, or undefined. For images in which Trivy
 * recognises none: it reports their application packages and passes over the system's, as with Arch Linux, in silence.
 */
export async function findSystemFile(layers: readonly string[]): Promise<string | undefined> {
  const { list } = await import('tar');
  for (const file of layers) {
    let found: string | undefined;
    await list({
      file,
      onReadEntry: (entry) => {
        const path = entry.path.replace(/^(?:\.?\/+)+/, '');
        if (entry.type !== 'Directory' && SYSTEM_FILE.test(path)) found ??= path;
      },
    });
    if (found !== undefined) return found;
  }
  return undefined;
}
