import { pathOf, type Repository } from '../../image/reference.ts';

/** Rights on one repository: `repository:path:action[,action]`; https://distribution.github.io/distribution/spec/auth/scope/ */
export type Scope = string;

/** What reading needs. */
export function pullScope(repository: Repository): Scope {
  return `repository:${pathOf(repository)}:pull`;
}

/** What writing needs. */
export function pushScope(repository: Repository): Scope {
  return `repository:${pathOf(repository)}:pull,push`;
}

/** Splits the `scope` of a challenge, which may name several. */
export function splitScopes(text: string): readonly Scope[] {
  return text.split(/\s+/).filter((scope) => scope !== '');
}

/** True when a token for `held` may do all that `wanted` asks. */
export function coversScopes(held: readonly Scope[], wanted: readonly Scope[]): boolean {
  return wanted.every((scope) => held.some((other) => coversScope(other, scope)));
}

function coversScope(held: Scope, wanted: Scope): boolean {
  const [heldResource, heldActions] = splitActions(held);
  const [resource, actions] = splitActions(wanted);
  return heldResource === resource && actions.every((action) => heldActions.includes(action));
}

function splitActions(scope: Scope): readonly [resource: string, actions: readonly string[]] {
  const colon = scope.lastIndexOf(':');
  return [scope.slice(0, colon), scope.slice(colon + 1).split(',')];
}
