import { type Digest, digestAlgorithm, digestHex } from '../image/digest.ts';

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A size in decimal units, as registries and disks count: `999 B`, `1.2 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (unit < BYTE_UNITS.length - 1 && Number(value.toFixed(unit === 0 ? 0 : 1)) >= 1000) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}

/** How long something took, from milliseconds, in at most two units: `850 ms`, `12.3 s`, `2 min 5 s`, `1 h 3 min`. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, Math.round(milliseconds));
  if (ms < 1000) return `${ms} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return joinUnits(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  return joinUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

/** A number with thousands separated and, when a noun is given, the noun in singular or plural: `1,234 platforms`. */
export function formatCount(count: number, noun?: string, plural = `${noun}s`): string {
  const number = separateThousands(count);
  if (noun === undefined) return number;
  return `${number} ${count === 1 ? noun : plural}`;
}

/** A digest short enough to read: its algorithm and twelve digits. For display only, never to compare. */
export function formatShortDigest(digest: Digest): string {
  return `${digestAlgorithm(digest)}:${digestHex(digest).slice(0, 12)}`;
}

/** A date in UTC to the minute: `2026-11-21 09:34 UTC`. */
export function formatDate(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Of a whole number. Not toLocaleString: the first call of it loads all that Node knows of languages. */
function separateThousands(count: number): string {
  const digits = String(Math.abs(count));
  const head = digits.length % 3;
  const groups = [digits.slice(0, head), ...(digits.slice(head).match(/\d{3}/g) ?? [])];
  return `${count < 0 ? '-' : ''}${groups.filter((group) => group !== '').join(',')}`;
}

function joinUnits(major: number, majorUnit: string, minor: number, minorUnit: string): string {
  return minor === 0 ? `${major} ${majorUnit}` : `${major} ${majorUnit} ${minor} ${minorUnit}`;
}
