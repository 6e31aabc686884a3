import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { FieldReader } from '../base/fields.ts';
import { type Reference, registryOf, type TagReference } from '../image/reference.ts';

/** Explicit credentials, by registry host, kept apart by role. */
export interface RoleCredentials {
  readonly source: ReadonlyMap<string, Login>;
  readonly target: ReadonlyMap<string, Login>;
}

/** A user name and a password or token, exactly as they are sent. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** Reads the logins of the inputs: those of a side hold on that side only and come before `registry-auth`. No problem quotes a secret. */
export function readCredentials(
  fields: FieldReader,
  source: Reference | undefined,
  targets: readonly TagReference[],
): RoleCredentials {
  const shared = readRegistryAuth(fields);
  const sourceHosts = source === undefined ? [] : [registryOf(source.repository)];
  const targetHosts = [...new Set(targets.map((target) => registryOf(target.repository)))];
  return {
    source: new Map([...shared, ...readLogin(fields, 'source', sourceHosts)]),
    target: new Map([...shared, ...readLogin(fields, 'target', targetHosts)]),
  };
}

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
      `is one login, but the ${role} names several registries: ${hosts.join(', ')}.`,
      'Use registry-auth, with an entry for each.',
    );
  }
  return host === undefined ? new Map() : new Map([[host, { username, password }]]);
}

const registryAuthSchema = z.array(
  z.strictObject({ registry: z.string().min(1), username: z.string().min(1), password: z.string().min(1) }),
);

function readRegistryAuth(fields: FieldReader): Map<string, Login> {
  const text = fields.secret('registry-auth');
  if (text.trim() === '') return new Map();
  const problem = 'Write a YAML list with registry, username and password in each entry, each of them in quotes.';
  try {
    // A warning of the parser would quote the line it is about.
    const parsed = registryAuthSchema.safeParse(parseYaml(text, { logLevel: 'error' }));
    if (parsed.success) {
      return new Map(
        parsed.data.map(({ registry, username, password }) => [registry.toLowerCase(), { username, password }]),
      );
    }
    for (const issue of parsed.error.issues)
      fields.addProblem('registry-auth', `entry ${issue.path.join('.')}: ${issue.message}.`, problem);
  } catch {
    fields.addProblem('registry-auth', 'is not YAML.', problem);
  }
  return new Map();
}
