import { z } from 'zod';
import type { Problem } from '../base/error.ts';
import { parseInstant } from './date.ts';
import type { Exception } from './exceptions.ts';
import { parseYaml } from './parse-yaml.ts';
import { MAX_YAML_BYTES } from './positioned-yaml.ts';
import { isPurl } from './purl.ts';
import { sentence, textField } from './schema-fields.ts';

/** What an ignore file lets pass, and everything in it that has no meaning here: nothing is skipped in silence. */
export interface IgnoreFile {
  readonly exceptions: readonly Exception[];
  readonly problems: readonly Problem[];
}

const ID = /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9._:]+)*$/;

/** Parses `.trivyignore`, or `.trivyignore.yaml` when the name ends so; https://trivy.dev/latest/docs/configuration/filtering/. As in Trivy, an entry no longer holds on the day it names. */
export function parseIgnoreFile(text: string, name: string): IgnoreFile {
  return /\.ya?ml$/i.test(name) ? parseYamlFile(text, name) : parseLines(text, name);
}

function parseLines(text: string, name: string): IgnoreFile {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_YAML_BYTES) {
    const message = `it has ${bytes} bytes, more than ${MAX_YAML_BYTES}.`;
    return { exceptions: [], problems: [{ where: `${name}:1:1`, message, fix: 'Split it into several files.' }] };
  }
  const exceptions: Exception[] = [];
  const problems: Problem[] = [];
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const [, entry = '', comment = ''] = /^(.*?)(?:(?:^|\s)#(.*))?$/s.exec(line) ?? [];
    const [id, ...fields] = entry.trim().split(/\s+/);
    if (id === undefined || id === '') continue;
    const tell = (part: string, message: string, fix: string): void => {
      problems.push({ where: `${name}:${index + 1}:${line.indexOf(part) + 1}`, message, fix });
    };
    if (!ID.test(id)) {
      tell(
        id,
        `${JSON.stringify(id)} is not the id of a vulnerability.`,
        'Write one id a line, such as CVE-2026-1234; there are no wildcards.',
      );
    }
    const unknown = fields.find((field) => !field.startsWith('exp:'));
    if (unknown !== undefined) {
      tell(
        unknown,
        `${JSON.stringify(unknown)} has no meaning here.`,
        'Write the id, exp:YYYY-MM-DD if it ends, and # before a comment.',
      );
    }
    const dates = fields.filter((field) => field.startsWith('exp:')).map((field) => field.slice('exp:'.length));
    const bad = dates.find((date) => parseInstant(date) === undefined);
    if (bad !== undefined) tell(`exp:${bad}`, `${JSON.stringify(bad)} is not a day.`, 'Write exp:YYYY-MM-DD.');
    else if (dates.length > 1) tell('exp:', 'exp: stands here twice.', 'Keep one of them.');
    exceptions.push(
      toException({ id, reason: comment.trim(), expires: dates[0], packages: [] }, `${name}:${index + 1}`),
    );
  }
  return problems.length === 0 ? { exceptions, problems } : { exceptions: [], problems: problems.slice(0, 100) };
}

const elsewhere = z.array(z.unknown()).optional().describe('For scans that are not made here.');

const entrySchema = z.strictObject({
  id: textField({
    is: (text) => ID.test(text),
    what: 'the id of a vulnerability',
    fix: 'Name one, such as CVE-2026-1234.',
  }),
  purls: z
    .array(textField({ is: isPurl, what: 'a package URL', fix: 'Write pkg:type/namespace/name@version.' }))
    .optional(),
  paths: z.unknown().optional(),
  statement: sentence.optional(),
  expired_at: textField({
    is: (text) => parseInstant(text) !== undefined,
    what: 'a date',
    fix: 'Write YYYY-MM-DD.',
  }).optional(),
});

const fileSchema = z.strictObject({
  vulnerabilities: z.array(entrySchema).optional(),
  misconfigurations: elsewhere,
  secrets: elsewhere,
  licenses: elsewhere,
});

function parseYamlFile(text: string, name: string): IgnoreFile {
  const { value, problems } = parseYaml(fileSchema, text, name, (yaml) => {
    const entries = (yaml.value as { vulnerabilities?: unknown })?.vulnerabilities;
    if (!Array.isArray(entries)) return [];
    return entries.flatMap((_, index) => {
      const path = ['vulnerabilities', index, 'paths'];
      if (!yaml.has(path)) return [];
      const message = 'paths are not supported: the entry would let pass more than it says, or nothing.';
      return [{ where: yaml.locate(path, 'key'), message, fix: 'Name the package in purls instead.' }];
    });
  });
  const exceptions = (value?.vulnerabilities ?? []).map(({ id, purls, statement, expired_at }, index) =>
    toException(
      { id, packages: purls ?? [], reason: statement ?? '', expires: expired_at },
      `${name} vulnerabilities[${index}]`,
    ),
  );
  return { exceptions, problems };
}

function toException(
  entry: { id: string; packages: readonly string[]; reason: string; expires: string | undefined },
  source: string,
): Exception {
  const { id, packages, reason, expires } = entry;
  // What cannot be read is a problem, and until then ended long ago.
  const end = expires === undefined ? {} : { expires, endsAt: parseInstant(expires) ?? 0 };
  return { id, packages, ...(reason === '' ? {} : { reason }), ...end, source };
}
