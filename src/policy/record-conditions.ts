import { formatReference, type Reference } from '../image/reference.ts';
import { readField, readList, readText } from './json-field.ts';
import { quoteForeign } from './quote.ts';

/** What a required promotion record must say, beyond being signed and about the digest. */
export interface RecordDemand {
  /** As the promotion was asked for: the record must be of this repository, and of this tag where one was named. */
  readonly source: Reference;
  readonly environment: string | undefined;
}

/** Why a statement is no record of a promotion of this source, as phrases; none when it is one. A record that was copied along, or speaks of another stage, is none. */
export function findRecordFlaws(statement: unknown, { source, environment }: RecordDemand): readonly string[] {
  const predicate = readField(statement, ['predicate']);
  const flaws: string[] = [];
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

function describe(names: readonly string[]): string {
  const told = names.filter((name) => name !== '').slice(0, 3);
  return told.length === 0 ? 'nothing it names' : told.map((name) => quoteForeign(name)).join(', ');
}
