/** GitHub drops a step's summary that is larger, with an error that does not fail the step; https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
export const MAX_SUMMARY_BYTES = 1024 * 1024 - 1;

interface Fence {
  readonly marker: string;
  readonly isDiagram: boolean;
}

interface Cut {
  readonly bytes: number;
  readonly lines: number;
  /** What must follow so that nothing stays open. */
  readonly closing: string;
  readonly isSection: boolean;
}

/** Cuts Markdown so that it has at most `maxBytes` bytes of UTF-8: at a line, rather at a blank one, never inside a diagram; closes the code fence and details left open and ends with `notice`. Shorter text is returned as it is. */
export function limitBytes(markdown: string, maxBytes: number, notice: string): string {
  if (countBytes(markdown) <= maxBytes) return markdown;
  const end = `\n${notice}\n`;
  if (countBytes(end) > maxBytes) return cutText(notice, maxBytes);
  const lines = markdown.split('\n');
  const budget = maxBytes - countBytes(end);
  const fitting = listCuts(lines).filter((cut) => cut.bytes + countBytes(cut.closing) <= budget);
  const last = fitting.at(-1);
  if (last === undefined) return end.trimStart();
  const section = fitting.findLast((cut) => cut.isSection);
  const cut = section !== undefined && section.bytes >= last.bytes * 0.75 ? section : last;
  return `${lines.slice(0, cut.lines).join('\n')}\n${cut.closing}${end}`;
}

function listCuts(lines: readonly string[]): Cut[] {
  const cuts: Cut[] = [];
  let bytes = 0;
  let fence: Fence | undefined;
  let depth = 0;
  for (const [i, line] of lines.entries()) {
    bytes += countBytes(line) + 1;
    fence = nextFence(fence, line);
    if (fence === undefined) depth = nextDepth(depth, line);
    if (fence?.isDiagram === true) continue;
    const closing = `${fence === undefined ? '' : `${fence.marker}\n`}${'\n</details>\n'.repeat(depth)}`;
    cuts.push({ bytes, lines: i + 1, closing, isSection: fence === undefined && line.trim() === '' });
  }
  return cuts;
}

function nextFence(fence: Fence | undefined, line: string): Fence | undefined {
  const [, marker = '', info = ''] = /^[> ]*(`{3,}|~{3,})(.*)$/s.exec(line) ?? [];
  if (marker === '') return fence;
  if (fence === undefined) return { marker, isDiagram: info.trim() === 'mermaid' };
  const isEnd = marker.startsWith(fence.marker) && info.trim() === '';
  return isEnd ? undefined : fence;
}

function cutText(text: string, maxBytes: number): string {
  let cut = Buffer.from(text).subarray(0, maxBytes).toString('utf8');
  while (countBytes(cut) > maxBytes || cut.endsWith('\ufffd')) cut = cut.slice(0, -1);
  return cut;
}

/** Only tags on a line of their own count: that is how `renderDetails` writes them, and no escaped text can forge it. */
function nextDepth(depth: number, line: string): number {
  if (/^<details( open)?>$/.test(line)) return depth + 1;
  return line === '</details>' ? Math.max(0, depth - 1) : depth;
}

function countBytes(text: string): number {
  return Buffer.byteLength(text);
}
