/** What a runner would show of a log: every value of an `add-mask` before it is hidden in each line; https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#masking-a-value-in-a-log */
export function maskLog(log: string): string {
  const masks = new Set<string>();
  const shown: string[] = [];
  for (const line of log.split('\n')) {
    const [, value] = /^::add-mask::(.*)$/.exec(line) ?? [];
    if (value === undefined) shown.push(hide(line, masks));
    else for (const part of decode(value).split(/\r?\n/)) if (part.trim() !== '') masks.add(part);
  }
  return shown.join('\n');
}

/** The values that a log asks the runner to hide. */
export function listMasks(log: string): string[] {
  return [...log.matchAll(/^::add-mask::(.*)$/gm)].map(([, value = '']) => decode(value));
}

/** Every form in which a secret is likely to come back, by how it came about; what is too short to tell anything is left out. */
export function transformsOf(secret: string, username = 'ci'): ReadonlyMap<string, string> {
  const base64 = (text: string): string => Buffer.from(text).toString('base64').replace(/=+$/, '');
  const lines = secret.split('\n').filter((line) => !line.startsWith('-----'));
  const forms = new Map([
    ['as it is', secret],
    ['base64', base64(secret)],
    ['base64url', Buffer.from(secret).toString('base64url')],
    [`base64 of ${username}:`, base64(`${username}:${secret}`)],
    ['URL encoding', encodeURIComponent(secret)],
    ['form encoding', new URLSearchParams({ '': secret }).toString().slice(1)],
    ['JSON', JSON.stringify(secret).slice(1, -1)],
    ...lines.map((line, i): [string, string] => [`line ${i}`, line]),
  ]);
  return new Map([...forms].filter(([, form]) => form.length >= 4));
}

/** Which of these secrets a text shows, and in which form. */
export function findSecrets(text: string, secrets: Readonly<Record<string, string>>): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    [...transformsOf(secret)].filter(([, form]) => text.includes(form)).map(([how]) => `${name}, ${how}`),
  );
}

function hide(line: string, masks: ReadonlySet<string>): string {
  const longestFirst = [...masks].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((text, mask) => text.replaceAll(mask, '***'), line);
}

function decode(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
