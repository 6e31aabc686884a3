import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** `node --import ./scripts/mutate-source.ts …`: one file of this process is loaded with a change that MUTANT tells, the file on disk stays as it is. */
const { file, find, replace } = JSON.parse(process.env.MUTANT ?? '{}') as Record<'file' | 'find' | 'replace', string>;
const changed = new URL(`../${file}`, import.meta.url).href;

registerHooks({
  load(url, context, next) {
    if (url !== changed) return next(url, context);
    const text = readFileSync(fileURLToPath(url), 'utf8');
    if (text.split(find).length !== 2) throw new Error(`${file} does not hold this exactly once: ${find}`);
    return { format: 'module-typescript', shortCircuit: true, source: text.replace(find, () => replace) };
  },
});
