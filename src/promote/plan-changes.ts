import type { Plan } from '../plan/plan-schema.ts';

type PlannedTarget = Plan['targets'][number];

/** Every way in which what would be done now is not what was approved, each as a phrase; none when the approved plan still holds. Verdicts and counts are not looked at: gates are run again. */
export function listPlanChanges(approved: Plan, now: Plan): string[] {
  return [
    ...compare('the source is', approved.source.reference, now.source.reference),
    ...compare('the source has the digest', approved.source.digest, now.source.digest),
    ...compare('the environment is', approved.environment, now.environment),
    ...compareTargets(approved, now),
    ...compareFields('scan.', approved.scan, now.scan),
    ...compareFields('writes.', approved.writes, now.writes),
    ...compareNamed('the policy', approved.policies, now.policies),
    ...compareNamed('the file', approved.files ?? [], now.files ?? []),
    ...compareEvidence(approved, now),
  ];
}

function compareTargets(approved: Plan, now: Plan): string[] {
  const planned = new Map(approved.targets.map((target) => [target.reference, target]));
  const wanted = new Set(now.targets.map(({ reference }) => reference));
  const dropped = approved.targets.filter(({ reference }) => !wanted.has(reference));
  return [
    ...now.targets.flatMap((target) => compareTarget(planned.get(target.reference), target, now.source.digest)),
    ...dropped.map(({ reference }) => `${reference} is no target now`),
  ];
}

/** A tag that got the wanted digest since is done, whoever did it; it may move only if that was approved. */
function compareTarget(planned: PlannedTarget | undefined, now: PlannedTarget, wanted: string): string[] {
  const { reference, found, action } = now;
  if (planned === undefined) return [`${reference} is a target that the plan does not name`];
  if (found !== planned.found && found !== wanted) {
    return [`${reference} ${found === undefined ? 'is free' : `is ${found}`}, and was ${planned.found ?? 'free'}`];
  }
  return action === 'move' && planned.action !== 'move'
    ? [`${reference} would be moved, which the plan does not say`]
    : [];
}

/** One phrase a field, of those that either has. */
function compareFields(prefix: string, approved: object, now: object): string[] {
  const [before, after] = [new Map(Object.entries(approved)), new Map(Object.entries(now))];
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.flatMap((key) => compare(`${prefix}${key} is`, before.get(key), after.get(key)));
}

function compareNamed(what: string, approved: Plan['policies'], now: Plan['policies']): string[] {
  const before = new Map(approved.map(({ name, digest }) => [name, digest]));
  const after = new Map(now.map(({ name, digest }) => [name, digest]));
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.flatMap((name) => compare(`${what} ${name} is`, before.get(name), after.get(name)));
}

/** Evidence that is gone, or that was relied on without having been approved. */
function compareEvidence(approved: Plan, now: Plan): string[] {
  const [before, after] = [approved, now].map(
    ({ evidence = [] }) => new Map(evidence.map((item) => [toText(item), describeEvidence(item)])),
  ) as [Map<string, string>, Map<string, string>];
  const gone = [...before].filter(([key]) => !after.has(key)).map(([, name]) => `${name} is no longer relied on`);
  const added = [...after].filter(([key]) => !before.has(key)).map(([, name]) => `${name} was not there`);
  return [...gone, ...added];
}

function describeEvidence({ kind, type, signer, digest }: NonNullable<Plan['evidence']>[number]): string {
  return `the ${kind} of ${type} by ${signer}${digest === undefined ? '' : ` (${digest})`}`;
}

function compare(what: string, before: unknown, now: unknown): string[] {
  if (toText(before) === toText(now)) return [];
  return [`${what} ${show(now)}, and was ${show(before)}`];
}

function show(value: unknown): string {
  if (value === undefined) return 'not stated';
  return typeof value === 'string' ? value : toText(value);
}

/** The same text for the same value, whatever the order of its keys. */
function toText(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? ''
  );
}
