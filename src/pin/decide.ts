import type { Digest } from '../image/digest.ts';
import { type ImageName, parseImageName } from '../image/image-name.ts';
import type { ImageUse } from '../workload/image-use.ts';
import { isSameRepository, splitWritten, type WrittenReference } from '../workload/written-reference.ts';
import type { PinRequest } from './request.ts';
import type { Setting } from './setting.ts';

/** A place and what it is to name. */
export interface WantedPlace {
  readonly use: ImageUse;
  /** The reference as it stands there, variables filled in with their defaults. */
  readonly from: string;
  readonly to: WrittenReference;
  /** What the registry has to tell; undefined where the digest is given. */
  readonly ask: string | undefined;
}

/** A place that stays as it is although it is no pinned image. */
export interface LeftPlace {
  readonly use: ImageUse;
  readonly why: string;
  /** The line of `images` that was meant for it. */
  readonly setting?: Setting;
}

/** What every place is to become. */
export interface Decisions {
  readonly wanted: readonly WantedPlace[];
  readonly left: readonly LeftPlace[];
  /** Lines of `images` that no place names. */
  readonly unused: readonly Setting[];
}

/** Decides what each place is to name; what has to be looked up comes later. */
export function decide(
  uses: readonly ImageUse[],
  { settings, refresh }: Pick<PinRequest, 'settings' | 'refresh'>,
): Decisions {
  const wanted: WantedPlace[] = [];
  const left: LeftPlace[] = [];
  const used = new Set<Setting>();
  for (const use of uses) {
    const from = use.fallback ?? use.text;
    const { repository } = splitWritten(from);
    const setting = settings?.find((each) => isSameRepository(each.from, repository));
    if (settings !== undefined && setting === undefined) continue;
    if (setting !== undefined) used.add(setting);
    const why = explainLeft(use);
    const name = why === undefined ? readName(from) : undefined;
    if (name === undefined) {
      const reason = why ?? 'what stands there is no image reference';
      if (use.kind !== 'build-only') left.push({ use, why: reason, ...(setting === undefined ? {} : { setting }) });
      continue;
    }
    const to = setting === undefined ? pinWritten(from, name, refresh) : applySetting(from, name, setting, refresh);
    if (to !== undefined) wanted.push({ use, from, ...to });
  }
  return { wanted, left, unused: settings?.filter((setting) => !used.has(setting)) ?? [] };
}

type Wanted = Pick<WantedPlace, 'to' | 'ask'>;

/** The tag stays, and its digest is looked up. Undefined where there is nothing to do. */
function pinWritten(from: string, { reference }: ImageName, refresh: boolean): Wanted | undefined {
  const { repository, tag } = splitWritten(from);
  // Whoever wrote no tag means latest now, and nothing that could be refreshed.
  if (reference === undefined) return { to: { repository }, ask: `${repository}:latest` };
  if (tag === undefined || (reference.kind === 'digest' && !refresh)) return undefined;
  return { to: { repository, tag }, ask: `${repository}:${tag}` };
}

function applySetting(
  from: string,
  name: ImageName,
  { to, ...setting }: Setting,
  refresh: boolean,
): Wanted | undefined {
  const written = splitWritten(from);
  const isMapped = !isSameRepository(setting.from, to.repository);
  const repository = isMapped ? to.repository : written.repository;
  if (to.digest !== undefined) {
    return { to: { ...to, repository }, ask: undefined };
  }
  if (to.tag !== undefined) return { to: { repository, tag: to.tag }, ask: `${repository}:${to.tag}` };
  if (!isMapped) return pinWritten(from, name, refresh);
  // The same image elsewhere: by its tag, or by its digest where it has no tag.
  if (written.tag !== undefined) {
    return { to: { repository, tag: written.tag }, ask: `${repository}:${written.tag}` };
  }
  const ask = written.digest === undefined ? `${repository}:latest` : `${repository}@${written.digest}`;
  return { to: { repository }, ask };
}

function explainLeft({ kind, fallback, uneditable, parts }: ImageUse): string | undefined {
  if (kind === 'build-only') return 'it is built where it runs';
  if (kind === 'not-text') return 'what stands there is no text';
  if (kind === 'unresolved' && fallback === undefined) return 'a variable decides which image it is';
  if (uneditable !== undefined) return uneditable;
  return parts.length === 0 ? 'there is no place to write to' : undefined;
}

function readName(text: string): ImageName | undefined {
  try {
    return parseImageName(text);
  } catch {
    return undefined;
  }
}

/** A place with the digest it is to have. */
export interface ResolvedPlace extends WantedPlace {
  readonly to: WrittenReference & { readonly digest: Digest };
}
