import type { FileText } from './file-text.ts';
import type {
  FileFlaw,
  FileLink,
  FoundImages,
  ImagePart,
  ImageUse,
  PartSlot,
  Site,
  WorkloadFormat,
} from './image-use.ts';
import { isMasked } from './template-mask.ts';
import { applyDefaults, findWholeVariable, hasVariable } from './variables.ts';
import { isText, type YamlNode, type YamlScalar } from './yaml-node.ts';
import { findPath, formatPath, type Met, type MetEntry } from './yaml-walk.ts';

/** What is left of a use when its place is known. */
export type UseFacts = Pick<ImageUse, 'text' | 'kind' | 'parts'> &
  Partial<Pick<ImageUse, 'fallback' | 'isLocal' | 'uneditable' | 'slot'>>;

/** Gathers what is found in one file: a value that several places use is one use. */
export interface ImageCollector {
  readonly file: FileText;
  /** Reads a document with `read`; one that stands in another has the way to it before its own. */
  readAs(root: YamlNode, format: WorkloadFormat, prefix: string, read: () => void): void;
  /** What stands where a reference should; with `cut`, some characters of it. */
  addReference(met: Met, cut?: { readonly from: number; readonly to: number }): void;
  /** A use whose place is `index`; several of one `key` are one. */
  addUse(met: Met, index: number, facts: UseFacts): void;
  /** A Compose service that is built, and names no image. */
  addBuild(entry: MetEntry): void;
  /** A use in a file that is no YAML. */
  addAt(index: number, where: string, facts: UseFacts): void;
  addLink(met: Met & { readonly node: YamlScalar }): void;
  addFlaw(index: number, message: string): void;
  /** The text of a scalar as the file has it, also where a template was masked. */
  textOf(scalar: YamlScalar): string;
  partOf(part: ImagePart['part'], scalar: YamlScalar): ImagePart | undefined;
  finish(): FoundImages;
}

const BY_VARIABLE = 'a variable or template decides what stands here';
const NOT_ON_A_LINE = 'it is written over several lines or with escapes';

export function createCollector(name: string, file: FileText): ImageCollector {
  const uses = new Map<string, { use: Omit<ImageUse, 'usedAt'>; usedAt: Site[] }>();
  const flaws: FileFlaw[] = [];
  const links: FileLink[] = [];
  let root: YamlNode | undefined;
  let format: WorkloadFormat = 'kubernetes';
  let prefix = '';

  const siteAt = (index: number, where: string): Site => ({ ...file.positionAt(index), where: `${prefix}${where}` });
  const textOf = (scalar: YamlScalar): string => {
    if (!isMasked(scalar.text)) return scalar.text;
    const raw = file.text.slice(scalar.start, scalar.end);
    return /^(["'])[\s\S]*\1$/.test(raw) ? raw.slice(1, -1) : raw;
  };
  const partOf = (part: ImagePart['part'], scalar: YamlScalar): ImagePart | undefined => {
    const { style } = scalar;
    if (!scalar.isVerbatim || style === 'literal' || style === 'folded') return undefined;
    const range = { start: file.byteAt(scalar.start), end: file.byteAt(scalar.end) };
    return { part, range, text: textOf(scalar), style };
  };
  const put = (key: string, where: () => string, index: number, facts: UseFacts, site: Site | undefined): void => {
    const found = uses.get(key);
    if (found === undefined) {
      const use = { file: name, format, ...siteAt(index, where()), ...facts };
      uses.set(key, { use, usedAt: site === undefined ? [] : [site] });
    } else if (site !== undefined) found.usedAt.push(site);
  };
  const addUse = (met: Met, index: number, facts: UseFacts): void => {
    const where = (): string =>
      formatPath(met.via === undefined || root === undefined ? met.path : findPath(root, met.node));
    const site = met.via === undefined ? undefined : siteAt(met.via.alias.start, formatPath(met.path));
    put(`${met.node.start}:${index}`, where, index, facts, site);
  };

  return {
    file,
    textOf,
    partOf,
    addUse,
    readAs: (node, as, before, read) => {
      const outer = { root, format, prefix };
      [root, format, prefix] = [node, as, before];
      read();
      ({ root, format, prefix } = outer);
    },
    addReference: (met, cut) => {
      const { node } = met;
      if (node.kind !== 'scalar') {
        const [text = ''] = file.text.slice(node.start, node.start + 80).split(/\r?\n/);
        // An action of a template reads as a mapping in a mapping.
        const isAction = text.startsWith('{{');
        const uneditable = isAction ? BY_VARIABLE : 'a list or mapping stands here';
        addUse(met, node.start, { text, kind: isAction ? 'unresolved' : 'not-text', parts: [], uneditable });
        return;
      }
      if (node.tag === '!reset' && format === 'compose') return;
      const text = cut === undefined ? textOf(node) : textOf(node).slice(cut.from, cut.to);
      const whole = partOf('reference', node);
      const quotes = node.style === 'single' || node.style === 'double' ? 1 : 0;
      const index = node.start + quotes + (cut?.from ?? 0);
      if (cut === undefined) addUse(met, index, describeReference(text, whole, isText(node) && text !== ''));
      else addUse(met, index, describeReference(text, whole && cutPart(whole, text, cut.from), true));
    },
    addBuild: (entry) => {
      const facts: UseFacts = { text: '', kind: 'build-only', parts: [], uneditable: 'no image is named here' };
      addUse(entry, entry.keyStart, facts);
    },
    addAt: (index, where, facts) => {
      put(`${index}:`, () => where, index, facts, undefined);
    },
    addLink: (met) => {
      links.push({ ...siteAt(met.node.start, formatPath(met.path)), path: textOf(met.node) });
    },
    addFlaw: (index, message) => {
      flaws.push({ file: name, ...file.positionAt(index), message });
    },
    finish: () => ({
      uses: [...uses.values()]
        .map(({ use, usedAt }): ImageUse => ({ ...use, usedAt }))
        .sort((a, b) => a.line - b.line || a.column - b.column),
      flaws: flaws.sort((a, b) => a.line - b.line || a.column - b.column),
      links,
    }),
  };
}

/** A value that a file gives to a variable, as `ARG` does; no part where it cannot be edited. */
export interface KnownValue {
  readonly text: string;
  readonly part: ImagePart | undefined;
}

/** What a text is as a reference, and what of it can be edited: of one with variables only the default of one that is all of it. */
export function describeReference(
  text: string,
  part: ImagePart | undefined,
  isGiven: boolean,
  known: (name: string) => KnownValue | undefined = () => undefined,
): UseFacts {
  const editable = part === undefined ? { parts: [], uneditable: NOT_ON_A_LINE } : { parts: [part] };
  if (!isGiven) return { text, kind: 'not-text', ...editable };
  if (!hasVariable(text)) return { text, kind: 'reference', ...editable };
  const fallback = applyDefaults(text, (variable) => known(variable)?.text);
  const whole = findWholeVariable(text);
  const given = whole && known(whole.name);
  const own = whole?.fallback;
  const cut = given === undefined ? own && part && cutPart(part, own.text, own.at) : given.part;
  return {
    text,
    kind: 'unresolved',
    ...(fallback === undefined ? {} : { fallback }),
    ...(cut === undefined ? { parts: [], uneditable: BY_VARIABLE } : { parts: [cut] }),
  };
}

/** The facts of an image that is written in parts. */
export function describeParts(
  text: string,
  found: readonly (ImagePart | undefined)[],
  slot: PartSlot | undefined,
): UseFacts {
  const parts = found.filter((part) => part !== undefined);
  if (hasVariable(text)) {
    const fallback = applyDefaults(text);
    const known = fallback === undefined ? {} : { fallback };
    return { text, kind: 'unresolved', ...known, parts: [], uneditable: BY_VARIABLE };
  }
  if (parts.length < found.length) return { text, kind: 'reference', parts: [], uneditable: NOT_ON_A_LINE };
  return { text, kind: 'reference', parts, ...(slot === undefined ? {} : { slot }) };
}

/** A piece of a part, which goes without its quotes; undefined where bytes and characters are not the same. */
export function cutPart(whole: ImagePart, text: string, from: number): ImagePart | undefined {
  if (/[^ -~]/.test(whole.text)) return undefined;
  const start = whole.range.start + (whole.style === 'plain' ? 0 : 1) + from;
  return { part: 'reference', range: { start, end: start + text.length }, text, style: 'plain', isPiece: true };
}
