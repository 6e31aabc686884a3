import type { Login } from '../base/action.ts';
import type { FieldReader } from '../base/fields.ts';
import { type Reference, registryOf, type TagReference } from '../image/reference.ts';
import { readRegistryAuth } from '../inputs/registry-auth.ts';

/** Explicit credentials, by registry host, kept apart by role. */
export interface RoleCredentials {
  readonly source: ReadonlyMap<string, Login>;
  readonly target: ReadonlyMap<string, Login>;
}

/** Reads the logins of the inputs, for all images of a run: those of a side hold on that side only and come before `registry-auth`. No problem quotes a secret. */
export async function readCredentials(
  fields: FieldReader,
  sources: readonly Reference[],
  targets: readonly TagReference[],
): Promise<RoleCredentials> {
  const shared = await readRegistryAuth(fields);
  const [sourceHosts, targetHosts] = [sources, targets].map((references) => [
    ...new Set(references.map(({ repository }) => registryOf(repository))),
  ]) as [string[], string[]];
  return {
    source: new Map([...shared, ...readLogin(fields, 'source', sourceHosts)]),
    target: new Map([...shared, ...readLogin(fields, 'target', targetHosts)]),
  };
}

/** Nobody reads more of them. */
const MAX_HOSTS = 10;

function readLogin(fields: FieldReader, role: 'source' | 'target', hosts: readonly string[]): Map<string, Login> {
  const username = fields.text(`${role}-username`);
  // A line break at the end comes from the file or command that made the secret; https://docs.docker.com/reference/cli/docker/login/ drops it too.
  const password = fields.secret(`${role}-password`).replace(/\r?\n$/, '');
  if (username === '' && password === '') return new Map();
  if (username === '' || password === '') {
    const missing = username === '' ? 'username' : 'password';
    fields.addProblem(
      `${role}-${missing}`,
      'is empty while the other half of the login is given.',
      `Set both ${role}-username and ${role}-password, or neither (an empty secret is often one that this job cannot see).`,
    );
    return new Map();
  }
  const [host, second] = hosts;
  if (second !== undefined) {
    fields.addProblem(
      `${role}-username`,
      `is one login, but the ${role} names several registries: ${hosts.slice(0, MAX_HOSTS).join(', ')}.`,
      'Use registry-auth, with an entry for each.',
    );
  }
  return host === undefined ? new Map() : new Map([[host, { username, password }]]);
}
