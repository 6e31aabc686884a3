import { codeSpan, escapeMarkdown } from '../report/escape.ts';
import { joinBlocks } from '../report/markdown.ts';
import { limitRows, renderTable } from '../report/table.ts';
import { limitBytes } from '../report/truncate.ts';
import { splitWritten } from '../workload/written-reference.ts';
import type { PinChange } from './change.ts';
import { listImageChanges } from './message.ts';

/** GitHub takes 65,536 characters; https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request */
const MAX_BODY_BYTES = 60_000;
const MAX_ROWS = 100;

/** What a reviewer reads: what each image was and is to be, and why. */
export function renderPullRequest(
  changes: readonly PinChange[],
  { ticket, runUrl }: { readonly ticket: string | undefined; readonly runUrl: string | undefined },
): string {
  const run = runUrl === undefined ? 'a run of promote-image pin' : `[a run](${runUrl}) of promote-image pin`;
  const body = joinBlocks([
    ticket === undefined ? undefined : `Ticket: ${escapeMarkdown(ticket)}`,
    renderChanges(changes),
    `By ${run}. It updates this branch as long as nobody else commits to it.`,
  ]);
  return limitBytes(`${body}\n`, MAX_BODY_BYTES, '_The rest was cut: the commit has every change._');
}

/** A row for each image: what it was, what it is, where. */
export function renderChanges(changes: readonly PinChange[]): string {
  const rows = listImageChanges(changes).map(({ from, to, places }) => {
    const [first] = places;
    const more = places.length === 1 ? '' : ` and ${places.length - 1} more`;
    const where = first === undefined ? '' : `${codeSpan(`${first.file}:${first.line}`)}${more}`;
    return [codeSpan(splitWritten(to).repository), codeSpan(describeOld(from, to)), codeSpan(describe(to)), where];
  });
  const columns = ['Image', 'Old', 'New', 'Where'].map((title) => ({ title }));
  return renderTable(columns, limitRows(rows, MAX_ROWS));
}

function describe(text: string): string {
  const { tag, digest } = splitWritten(text);
  return [tag, digest].filter((part) => part !== undefined && part !== '').join('@') || '(no tag)';
}

function describeOld(from: string, to: string): string {
  return splitWritten(from).repository === splitWritten(to).repository ? describe(from) : from;
}
