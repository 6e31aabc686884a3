const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** What a duration looks like: a whole number and its unit. */
export const DURATION_PATTERN = /^([1-9][0-9]{0,5})([smhd])$/;

/** Milliseconds of `90s`, `30m`, `48h` or `7d`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, count = '', unit = ''] = DURATION_PATTERN.exec(text) ?? [];
  const factor = UNITS[unit];
  return factor === undefined ? undefined : Number(count) * factor;
}

/** A duration for people, rounded down: `36h`, `7d`. Days are used from three on. */
export function formatDuration(milliseconds: number): string {
  for (const [unit, least] of [
    ['d', 3],
    ['h', 1],
    ['m', 1],
  ] as const) {
    const count = Math.floor(milliseconds / (UNITS[unit] ?? 1));
    if (count >= least) return `${count}${unit}`;
  }
  return `${Math.floor(milliseconds / 1_000)}s`;
}
