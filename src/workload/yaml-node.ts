/** A scalar with its place: `start` and `end` are indices of the text, with the quotes in it; both are right after the colon where nothing stands. */
export interface YamlScalar {
  readonly kind: 'scalar';
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
  /** True when the text is what stands there between the quotes, on one line. */
  readonly isVerbatim: boolean;
  readonly tag?: string;
}

export interface YamlPair {
  /** The text of the key; that of a key which is no scalar is empty. */
  readonly key: string;
  readonly keyStart: number;
  readonly value: YamlNode;
  /** `<<`, which takes the keys of another mapping; https://yaml.org/type/merge.html */
  readonly isMerge: boolean;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly start: number;
  readonly isFlow: boolean;
  readonly pairs: readonly YamlPair[];
}

export interface YamlSeq {
  readonly kind: 'seq';
  readonly start: number;
  readonly items: readonly YamlNode[];
}

export interface YamlAlias {
  readonly kind: 'alias';
  readonly start: number;
  /** What the anchor before it names. */
  readonly target: YamlNode;
}

/** What a YAML document holds, as both of our readers give it: ranges, texts and styles, and no values of types. */
export type YamlNode = YamlScalar | YamlMap | YamlSeq | YamlAlias;

/** What plain scalars become something else than a text by the core schema; https://yaml.org/spec/1.2.2/#103-core-schema */
const NOT_TEXT =
  /^(?:|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** Whether a reader of YAML takes this for a text. */
export function isText(node: YamlScalar): boolean {
  if (node.tag === '!' || node.tag === 'tag:yaml.org,2002:str') return true;
  return node.style !== 'plain' || !NOT_TEXT.test(node.text);
}

/** Whether nothing stands there: `key:`, `key: null`, `key: ""`. */
export function isEmpty(node: YamlScalar): boolean {
  return node.text === '' || (node.style === 'plain' && /^(?:~|null|Null|NULL)$/.test(node.text));
}

/** Where the text of a scalar begins: after its quote. */
export function startOf({ start, style }: YamlScalar): number {
  return start + (style === 'single' || style === 'double' ? 1 : 0);
}
