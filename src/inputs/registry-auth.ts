import type { Login } from '../base/action.ts';
import type { FieldReader } from '../base/fields.ts';

/** Reads the input `registry-auth`, a YAML list of logins, by registry host. No problem quotes a secret. */
export async function readRegistryAuth(fields: FieldReader): Promise<Map<string, Login>> {
  const text = fields.secret('registry-auth');
  if (text.trim() === '') return new Map();
  const problem = 'Write a YAML list with registry, username and password in each entry, each of them in quotes.';
  const [{ parse: parseYaml }, { registryAuthSchema }] = await Promise.all([
    import('yaml'),
    import('./registry-auth-schema.ts'),
  ]);
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
