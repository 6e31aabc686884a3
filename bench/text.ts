/** `0.27 s`, `1.36 s`, `17.2 s`; below a tenth of a second `38 ms`. */
export function formatTime(ms: number): string {
  if (ms < 100) return `${ms.toFixed(0)} ms`;
  const seconds = ms / 1000;
  return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
}

/** `3 kB`, `3.0 MB`, `336 MB`, `2.05 GB`; decimal, as links are rated. */
export function formatBytes(bytes: number): string {
  if (bytes < 100_000) return `${(bytes / 1000).toFixed(0)} kB`;
  const megabytes = bytes / 1_000_000;
  if (megabytes >= 1000) return `${(megabytes / 1000).toFixed(2)} GB`;
  return megabytes < 10 ? `${megabytes.toFixed(megabytes < 1 ? 2 : 1)} MB` : `${megabytes.toFixed(0)} MB`;
}

/** `0.87`, and a digit more where two would hide that the limit is passed. */
export function formatRatio(value: number, limit: number): string {
  const short = value.toFixed(2);
  return value > limit && Number(short) <= limit ? value.toFixed(3) : short;
}

/** A heading as GitHub names it in addresses. */
export function toAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\- _]/gu, '')
    .replaceAll(' ', '-');
}
