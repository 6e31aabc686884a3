import type { Digest } from '../image/digest.ts';
import { parseReference, type Reference, type Repository } from '../image/reference.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import { findImageException } from '../policy/image-exceptions.ts';
import { type ImageVerdict, type JudgedReference, judgeReference } from '../policy/image-reference-rule.ts';
import { asksRegistries } from './asks-registries.ts';
import type { CheckedUse, CheckFinding, ExcusedFinding, Findings } from './finding.ts';

/** An image that a registry can be asked about, once, with all places that name it. */
export interface CheckedImage {
  /** As it is written, at the first of them. */
  readonly name: string;
  /** With the registry and the tag that are meant where none is written. */
  readonly reference: Reference;
  /** The digest that a node says it runs. */
  readonly running: Digest | undefined;
  readonly uses: CheckedUse[];
}

/** Gathers what is found, and sorts out what a policy excepts. */
export class Judge {
  readonly #policy: EffectivePolicy;
  readonly #now: Date;
  readonly #isAsking: boolean;
  readonly #findings: CheckFinding[] = [];
  readonly #excused: ExcusedFinding[] = [];
  readonly #images = new Map<string, CheckedImage>();
  readonly #names = new Set<string>();
  /** A repository of thousands of files names the same few images. */
  readonly #judged = new Map<string, JudgedReference>();

  constructor(policy: EffectivePolicy, now: Date) {
    this.#policy = policy;
    this.#now = now;
    this.#isAsking = asksRegistries(policy);
  }

  get found(): Findings {
    return { findings: this.#findings.toSorted(compareFindings), excused: this.#excused.toSorted(compareFindings) };
  }

  /** What can be asked for at a registry that may be asked; nothing where nobody wants to know. */
  get images(): readonly CheckedImage[] {
    return [...this.#images.values()];
  }

  /** The distinct images, as they are written. */
  get names(): readonly string[] {
    return [...this.#names];
  }

  add(findings: readonly CheckFinding[]): void {
    this.#findings.push(...findings);
  }

  /** Holds a place against every rule that needs no registry. */
  judge(use: CheckedUse): void {
    const { verdicts, written } = this.#judgeOnce(use);
    if (written !== undefined) this.#names.add(use.fallback ?? use.text);
    const refused = verdicts.filter((verdict) => !this.tell(use, verdict, written?.repository));
    if (written === undefined || !this.#isAsking) return;
    // Nobody is asked who may not be: the file decides where a request would go.
    if (refused.some(({ rule }) => rule === 'registry-not-allowed')) return;
    const reference = written.reference ?? parseReference(`${written.repository}:latest`);
    const key = JSON.stringify([reference, use.running]);
    const known = this.#images.get(key);
    if (known !== undefined) known.uses.push(use);
    else this.#images.set(key, { name: use.fallback ?? use.text, reference, running: use.running, uses: [use] });
  }

  /** Keeps a verdict about a place; true where an exception covers it. */
  tell(
    use: CheckedUse,
    verdict: ImageVerdict,
    repository: Repository | undefined,
    level: CheckFinding['level'] = 'error',
  ): boolean {
    const { rule, hint } = verdict;
    const { exceptions } = this.#policy.images;
    const { used, expired } = findImageException({ rule, text: use.text, repository }, exceptions, this.#now);
    const ended = expired.map(({ expires, source }) => ` An exception in ${source} ended on ${expires}.`);
    const also = use.alsoAt.length === 0 ? '' : ` Used at ${describePlaces(use.alsoAt)} as well.`;
    const message = `${verdict.message}${used === undefined ? ended.join('') : ''}${also}`;
    const { file, line, column, where, text } = use;
    const finding: CheckFinding = { file, line, column, where, image: text, rule, message, hint, level };
    if (used === undefined) this.#findings.push(finding);
    else this.#excused.push({ ...finding, exception: used });
    return used !== undefined;
  }

  #judgeOnce(use: CheckedUse): JudgedReference {
    const key = `${use.isLocal === true} ${use.kind} ${use.fallback ?? ''} ${use.text}`;
    const known = this.#judged.get(key);
    if (known !== undefined) return known;
    const judged = judgeReference(use, this.#policy);
    this.#judged.set(key, judged);
    return judged;
  }
}

const MAX_PLACES = 5;

function describePlaces(places: CheckedUse['alsoAt']): string {
  const shown = places.slice(0, MAX_PLACES).map(({ line, where }) => `line ${line} (${where})`);
  const rest = places.length - shown.length;
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

function compareFindings(a: CheckFinding, b: CheckFinding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
