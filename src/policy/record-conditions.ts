import type { Digest } from '../image/digest.ts';
import { formatReference, type Reference } from '../image/reference.ts';
import { readField, readList, readText } from './json-field.ts';
import { readPredicateTime } from './predicate-time.ts';
import { PROMOTION_TYPE } from './predicate-types.ts';
import { quoteForeign } from './quote.ts';

/** Of a gate in a record: one that refused ends a promotion, and leaves none. */
const VERDICTS: readonly string[] = ['passed', 'reported', 'off'];

/** What a required promotion record must say, beyond being signed and about the digest. */
export interface RecordDemand {
  /** What was promoted. */
  readonly digest: Digest;
  /** As the promotion was asked for: the record must be of this repository, and of this tag where one was named. */
  readonly source: Reference;
  readonly environment: string | undefined;
}

/** Why a statement is no record of a promotion of this source, as phrases; none when it is one. A record that was copied along, or speaks of another stage, is none. */
export function findRecordFlaws(statement: unknown, { source, digest, environment }: RecordDemand): readonly string[] {
  const predicate = readField(statement, ['predicate']);
  const flaws: string[] = [...findShapeFlaws(predicate, digest)];
  const names = readList(statement, ['subject']).map((subject) => readText(subject, ['name']) ?? '');
  // Every subject: a record is of one image, and one with a second name was made by something else.
  if (names.length === 0 || names.some((name) => name !== source.repository)) {
    flaws.push(`it is of ${describe(names)}, not of ${source.repository}`);
  }
  const given = readText(predicate, ['environment']);
  if (environment !== undefined && given !== environment) {
    flaws.push(`its environment is ${given === undefined ? 'not said' : quoteForeign(given)}, not ${environment}`);
  }
  const targets = readList(predicate, ['targets']).map((target) => (typeof target === 'string' ? target : ''));
  const { repository, tag } = source;
  const isMeant =
    tag === undefined
      ? targets.some((target) => target.startsWith(`${repository}:`))
      : targets.includes(formatReference({ kind: 'tag', repository, tag }));
  if (!isMeant) {
    const wanted = tag === undefined ? `a tag of ${repository}` : `${repository}:${tag}`;
    flaws.push(`it approves ${describe(targets)}, not ${wanted}`);
  }
  return flaws;
}

/** What a record cannot do without: who signs one may still have written something else. What it has beside, a later version may have added. */
function findShapeFlaws(predicate: unknown, digest: Digest): readonly string[] {
  const flaws: string[] = [];
  const promoted = readText(predicate, ['source', 'digest']);
  if (promoted !== digest) {
    flaws.push(`it promoted ${promoted === undefined ? 'no digest it names' : quoteForeign(promoted)}, not ${digest}`);
  }
  const gates = readField(predicate, ['gates']);
  if (!Array.isArray(gates)) flaws.push('it has no list of gates');
  const bad = readList(predicate, ['gates']).filter((gate) => !VERDICTS.includes(readText(gate, ['verdict']) ?? ''));
  if (bad.length > 0) flaws.push(describeGate(bad[0]));
  const targets = readList(predicate, ['targets']);
  if (targets.some((target) => typeof target !== 'string' || target === ''))
    flaws.push('not all its targets are names');
  const made = readPredicateTime(PROMOTION_TYPE, predicate);
  if (made.kind !== 'known') flaws.push('it does not say plainly when it was finished');
  return flaws;
}

function describeGate(gate: unknown): string {
  const [name, verdict] = [readText(gate, ['name']), readText(gate, ['verdict'])];
  const which = name === undefined ? 'one of its gates' : `its gate ${quoteForeign(name)}`;
  return `${which} has ${verdict === undefined ? 'no verdict' : `the verdict ${quoteForeign(verdict)}`}, not passed, reported or off`;
}

function describe(names: readonly string[]): string {
  const told = names.filter((name) => name !== '').slice(0, 3);
  return told.length === 0 ? 'nothing it names' : told.map((name) => quoteForeign(name)).join(', ');
}
