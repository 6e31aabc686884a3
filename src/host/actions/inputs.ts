const PREFIX = 'INPUT_';

/** All inputs the runner passed, by their names in `action.yml`: it upper-cases them and keeps the hyphens. */
export function readInputs(env: NodeJS.ProcessEnv): Record<string, string> {
  const inputs: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith(PREFIX) && value !== undefined) inputs[name.slice(PREFIX.length).toLowerCase()] = value;
  }
  return inputs;
}
