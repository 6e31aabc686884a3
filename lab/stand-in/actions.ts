import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** What the runner replaces when it reads a file. */
function expression(text: string): string {
  return `\${{ ${text} }}`;
}

/** A composite action whose inputs are the variables IN_… of a script. */
function composite(inputs: readonly string[], run: string, outputs: readonly string[] = []): object {
  return {
    name: 'stand-in',
    inputs: Object.fromEntries(inputs.map((name) => [name, { required: false }])),
    outputs: Object.fromEntries(outputs.map((name) => [name, { value: expression(`steps.run.outputs.${name}`) }])),
    runs: {
      using: 'composite',
      steps: [
        {
          ...{ id: 'run', shell: 'bash', run },
          env: Object.fromEntries(inputs.map((name) => [`IN_${name.toUpperCase()}`, expression(`inputs.${name}`)])),
        },
      ],
    },
  };
}

/** Actions of others, as far as the examples use them: an image is built by copying one, an artifact is a folder under ARTIFACTS, and MEANWHILE is run before one is fetched. */
const ACTIONS = {
  'docker/login-action@v3': composite(['registry', 'username', 'password'], 'true'),
  'docker/build-push-action@v6': composite(
    ['context', 'push', 'tags', 'labels'],
    '"$CRANE" copy "$COMPILED" "$IN_TAGS" && echo "digest=$("$CRANE" digest "$IN_TAGS")" >> "$GITHUB_OUTPUT"',
    ['digest'],
  ),
  'actions/upload-artifact@v4': composite(
    ['name', 'path'],
    'mkdir -p "$ARTIFACTS/$IN_NAME" && cp "$IN_PATH" "$ARTIFACTS/$IN_NAME"',
  ),
  'actions/download-artifact@v4': composite(
    ['name', 'path'],
    '$MEANWHILE\nmkdir -p "$IN_PATH" && cp "$ARTIFACTS/$IN_NAME"/* "$IN_PATH"',
  ),
} as const;

/** Writes stand-ins for the actions of others into a folder; where each is, by `owner/name@ref`, for `localRepositories`. */
export async function writeActions(directory: string): Promise<Record<string, string>> {
  const written = Object.entries(ACTIONS).map(async ([name, action]) => {
    const place = join(directory, name.slice(name.indexOf('/') + 1, name.indexOf('@')));
    await mkdir(place, { recursive: true });
    await writeFile(join(place, 'action.yml'), stringify(action));
    return [name, place] as const;
  });
  return Object.fromEntries(await Promise.all(written));
}
