/** Two states of one file. */
export interface FileStates {
  /** From the root of the repository or workspace, with slashes. */
  readonly file: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

const CONTEXT = 3;
/** Lines looked ahead to find where two texts meet again; an edit of images adds a few. */
const REACH = 64;

/** The difference of two texts as `git apply` and `patch` take it, with every byte of a line, its CR too; '' where there is none. https://git-scm.com/docs/diff-format#generate_patch_text_with_p */
export function formatUnifiedDiff({ file, before, after }: FileStates): string {
  const [old, now] = [splitLines(before), splitLines(after)];
  const changes = findChanges(old, now);
  if (changes.length === 0) return '';
  const [from, to] = [quotePath(`a/${file}`), quotePath(`b/${file}`)];
  // A name with a blank ends where a tab says so.
  const end = / /.test(file) ? '\t' : '';
  const head = `diff --git ${from} ${to}\n--- ${from}${end}\n+++ ${to}${end}\n`;
  return `${head}${groupChanges(changes)
    .map((group) => formatHunk(group, old, now))
    .join('')}`;
}

/** Lines [oldStart, oldEnd) that became [newStart, newEnd). */
interface Change {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

function splitLines(bytes: Uint8Array): string[] {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function findChanges(old: readonly string[], now: readonly string[]): Change[] {
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      i++;
      j++;
      continue;
    }
    const [a, b] = findMeeting(old, now, i, j);
    changes.push({ oldStart: i, oldEnd: a, newStart: j, newEnd: b });
    [i, j] = [a, b];
  }
  return changes;
}

/** The nearest pair of lines from which both go on alike for a few lines, or to their ends. */
function findMeeting(old: readonly string[], now: readonly string[], i: number, j: number): [number, number] {
  for (let distance = 1; distance <= REACH; distance++) {
    // As many lines as there were first: most edits change a line, and add none.
    for (const skipped of listSkips(distance)) {
      const [a, b] = [i + skipped, j + distance - skipped];
      if (a > old.length || b > now.length) continue;
      if (goesOnAlike(old, now, a, b)) return [a, b];
    }
  }
  return [old.length, now.length];
}

function listSkips(distance: number): number[] {
  const skips = Array.from({ length: distance + 1 }, (_, skip) => skip);
  return skips.sort((a, b) => Math.abs(2 * a - distance) - Math.abs(2 * b - distance));
}

function goesOnAlike(old: readonly string[], now: readonly string[], a: number, b: number): boolean {
  if (a === old.length || b === now.length) return a === old.length && b === now.length;
  return old[a] === now[b];
}

/** Changes whose context would overlap share a hunk. */
function groupChanges(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && change.oldStart - last.oldEnd <= 2 * CONTEXT) groups.at(-1)?.push(change);
    else groups.push([change]);
  }
  return groups;
}

function formatHunk(group: readonly Change[], old: readonly string[], now: readonly string[]): string {
  const [first, last] = [group[0], group.at(-1)];
  if (first === undefined || last === undefined) return '';
  const before = Math.min(CONTEXT, first.oldStart);
  const after = Math.min(CONTEXT, old.length - last.oldEnd);
  const [start, end] = [first.oldStart - before, last.oldEnd + after];
  const [newStart, newEnd] = [first.newStart - before, last.newEnd + after];
  const lines: string[] = [];
  let at = start;
  for (const { oldStart, oldEnd, newStart: from, newEnd: to } of group) {
    lines.push(...old.slice(at, oldStart).map((line) => formatLine(' ', line)));
    lines.push(...old.slice(oldStart, oldEnd).map((line) => formatLine('-', line)));
    lines.push(...now.slice(from, to).map((line) => formatLine('+', line)));
    at = oldEnd;
  }
  lines.push(...old.slice(at, end).map((line) => formatLine(' ', line)));
  return `@@ -${formatRange(start, end)} +${formatRange(newStart, newEnd)} @@\n${lines.join('')}`;
}

function formatRange(start: number, end: number): string {
  const length = end - start;
  return `${length === 0 ? start : start + 1},${length}`;
}

function formatLine(mark: ' ' | '-' | '+', line: string): string {
  return line.endsWith('\n') ? `${mark}${line}` : `${mark}${line}\n\\ No newline at end of file\n`;
}

/** A name in quotes as C has them, where git would take it for something else. */
function quotePath(path: string): string {
  if (!/["\\\p{Cc}]/u.test(path)) return path;
  const escaped = path.replace(/["\\]/g, '\\$&').replace(/\p{Cc}/gu, (char) => {
    return `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
  return `"${escaped}"`;
}
