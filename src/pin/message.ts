import { isSameRepository, splitWritten } from '../workload/written-reference.ts';
import type { PinChange } from './change.ts';
import type { Publishing } from './request.ts';

/** What a commit says of itself, so that a later run knows its own. */
export const OWN_TRAILER = 'Promote-Image: pin';

/** A line for each image; more than these are read by nobody. */
const MAX_LINES = 200;

/** The first line of the commit, without what is for machines. */
export function formatSubject(changes: readonly PinChange[], { message }: Pick<Publishing, 'message'>): string {
  const given = message.split(/\r?\n/, 1)[0]?.trim() ?? '';
  if (given !== '') return given;
  const images = [...new Set(changes.map(({ to }) => to))];
  const [first = ''] = images;
  const { repository, tag, digest } = splitWritten(first);
  const name = tag === undefined ? `${repository} to ${digest?.slice(0, 19)}` : `${repository}:${tag}`;
  return images.length === 1 ? `Pin ${name}` : `Pin ${images.length} images`;
}

/** A subject, a line for each image with old and new, and trailers; https://git-scm.com/docs/git-interpret-trailers */
export function formatCommitMessage(changes: readonly PinChange[], publishing: Publishing): string {
  const { message, ticket, skipCi } = publishing;
  const subject = `${formatSubject(changes, publishing)}${skipCi ? ' [skip ci]' : ''}`;
  const body = message.split(/\r?\n/).slice(1).join('\n').trim();
  const lines = listImageChanges(changes).map(({ from, to }) => describeLine(from, to));
  const rest = lines.length - MAX_LINES;
  const told = rest > 0 ? [...lines.slice(0, MAX_LINES), `and ${rest} more`] : lines;
  const trailers = [...(ticket === undefined ? [] : [`Ticket: ${ticket}`]), OWN_TRAILER];
  return `${[subject, ...(body === '' ? [] : [body]), told.join('\n'), trailers.join('\n')].join('\n\n')}\n`;
}

/** Each pair of old and new once, with the places that have it. */
export function listImageChanges(
  changes: readonly PinChange[],
): readonly { readonly from: string; readonly to: string; readonly places: readonly PinChange[] }[] {
  const groups = Map.groupBy(changes, ({ from, to }) => JSON.stringify([from, to]));
  return [...groups.values()].flatMap((places) => {
    const [first] = places;
    return first === undefined ? [] : [{ from: first.from, to: first.to, places }];
  });
}

/** `repo: old -> new`; whole references where the repository is another one. */
function describeLine(from: string, to: string): string {
  const [old, now] = [splitWritten(from), splitWritten(to)];
  if (!isSameRepository(old.repository, now.repository)) return `${from} -> ${to}`;
  return `${now.repository}: ${describeVersion(old)} -> ${describeVersion(now)}`;
}

function describeVersion({ tag, digest }: { readonly tag?: string; readonly digest?: string }): string {
  return [tag, digest].filter((part) => part !== undefined && part !== '').join('@') || '(no tag)';
}
