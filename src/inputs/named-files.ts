import type { FileReader } from '../base/action.ts';
import type { FieldReader } from '../base/fields.ts';
import { digestOf } from '../image/digest.ts';
import { type PolicySource, readFor } from './policy-files.ts';

/** A file and what is in it. */
export interface NamedText {
  readonly path: string;
  readonly text: string;
}

/** Reads what inputs and policies name besides policies, and remembers what it was: all of it counts like a policy, and a plan holds only for these texts. */
export class NamedFiles {
  readonly #fields: FieldReader;
  readonly #files: FileReader;
  readonly #sources = new Map<string, PolicySource>();

  constructor(fields: FieldReader, files: FileReader) {
    this.#fields = fields;
    this.#files = files;
  }

  /** What was read, once each. */
  get sources(): readonly PolicySource[] {
    return [...this.#sources.values()];
  }

  remember(name: string, text: string): void {
    const digest = digestOf(text);
    this.#sources.set(`${name} ${digest}`, { name, digest });
  }

  /** The texts of files, on a pull request from the base commit; one that is not there or cannot be read is a problem of `input`. `key` is the key of the policy that names them. */
  async readAll(input: string, paths: readonly string[], key?: string): Promise<readonly NamedText[]> {
    const texts: NamedText[] = [];
    for (const path of paths) {
      const file = await readFor(`input ${input}`, () => this.#files.readPolicy(path));
      if ('problem' in file) this.#fields.addProblems([file.problem]);
      else if (file.text !== undefined) {
        this.remember(path, file.text);
        texts.push({ path, text: file.text });
      } else {
        const place = key === undefined ? '' : ` in ${key}`;
        const fix = 'Check the path, and that actions/checkout ran before this step.';
        this.#fields.addProblem(input, `names ${path}${place}, which does not exist.`, fix);
      }
    }
    return texts;
  }
}
