import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { Login } from '../base/action.ts';
import type { FieldReader } from '../base/fields.ts';

const registryAuthSchema = z.array(
  z.strictObject({ registry: z.string().min(1), username: z.string().min(1), password: z.string().min(1) }),
);

/** Reads the input `registry-auth`, a YAML list of logins, by registry host. No problem quotes a secret. */
export function readRegistryAuth(fields: FieldReader): Map<string, Login> {
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
