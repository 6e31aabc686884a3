import type { FileReader } from '../base/action.ts';
import type { FieldReader } from '../base/fields.ts';
import { findJsonFlaw } from '../image/strict-json.ts';
import { readFor } from '../inputs/policy-files.ts';
import type { ScanMode } from '../policy/effective.ts';
import type { PromotionsFile } from './promotions-schema.ts';

/** One promotion as a file or a plan names it: nothing of it is checked yet. */
export interface NamedPromotion {
  readonly source: string;
  readonly targets: readonly string[];
  readonly scan?: ScanMode | undefined;
}

/** YAML is read with the place of everything in it, which takes time; JSON is for what a machine wrote. */
const MAX_YAML_BYTES = 16 * 1024 * 1024;
const MAX_JSON_LENGTH = 256 * 1024 * 1024;
const MAX_DEPTH = 32;

/** What a file names, in its order; undefined for an item of another shape, so that the others keep their numbers. */
export type NamedPromotions = readonly (NamedPromotion | undefined)[];

/** Reads the file that `promotions` names; undefined when there is none, or when no list can be read from it. What is wrong is a problem of `fields`, with its line where it is one of shape: the items that have the right one are there to be checked, and not to be promoted. */
export async function readPromotionsFile(fields: FieldReader, files: FileReader): Promise<NamedPromotions | undefined> {
  const path = fields.text('promotions');
  if (path === '') return undefined;
  const file = await readFor('input promotions', () => files.readText(path));
  if ('problem' in file) {
    fields.addProblems([file.problem]);
    return undefined;
  }
  if (file.text === undefined) {
    const fix = 'Check the path, and that actions/checkout ran before this step.';
    fields.addProblem('promotions', `names ${path.slice(0, 200)}, which does not exist.`, fix);
    return undefined;
  }
  return parsePromotions(file.text, path, fields);
}

async function parsePromotions(text: string, path: string, fields: FieldReader): Promise<NamedPromotions | undefined> {
  const [{ promotionsSchema, promotionSchema }, { parseYaml }] = await Promise.all([
    import('./promotions-schema.ts'),
    import('../policy/parse-yaml.ts'),
  ]);
  // Whatever is wrong with JSON, the other reader knows where it is.
  const fromJson = promotionsSchema.safeParse(readJson(text));
  if (fromJson.success) return fromJson.data.promotions.map(toNamed);
  let written: unknown;
  const keepWritten = (yaml: { readonly value: unknown }) => {
    written = yaml.value;
    return [];
  };
  const { value, problems } = parseYaml(promotionsSchema, text, path, keepWritten, MAX_YAML_BYTES);
  fields.addProblems(problems);
  if (value !== undefined) return value.promotions.map(toNamed);
  return listWritten(written)?.map((item) => {
    const { data } = promotionSchema.safeParse(item);
    return data === undefined ? undefined : toNamed(data);
  });
}

function listWritten(written: unknown): readonly unknown[] | undefined {
  const isMap = typeof written === 'object' && written !== null && 'promotions' in written;
  return isMap && Array.isArray(written.promotions) ? written.promotions : undefined;
}

function toNamed({ source, target, scan }: PromotionsFile['promotions'][number]): NamedPromotion {
  return { source, scan, targets: typeof target === 'string' ? [target] : target };
}

/** Undefined for what is no JSON, or no JSON that everybody reads alike. */
function readJson(text: string): unknown {
  if (!/^\s*\{/.test(text) || text.length > MAX_JSON_LENGTH) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return findJsonFlaw(text, MAX_DEPTH) === undefined ? json : undefined;
  } catch {
    return undefined;
  }
}
