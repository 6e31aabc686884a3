import { appendFile, chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One run of a recording tool. */
export interface RecordedCall {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly input: string;
}

/** An executable that notes how it was run, then does what its script says. */
export interface RecordingTool {
  readonly path: string;
  calls(): Promise<readonly RecordedCall[]>;
}

/**
 * Writes such an executable into `directory`. `script` is JavaScript that runs after the note was taken; `call` is the
 * note, and `serial` counts the runs from 0.
 */
export async function makeRecordingTool(directory: string, name: string, script = ''): Promise<RecordingTool> {
  const path = join(directory, name);
  const record = `${path}.calls`;
  await appendFile(record, '');
  await writeFile(
    path,
    `#!${process.execPath}
const fs = require('node:fs');
const call = { args: process.argv.slice(2), env: { ...process.env }, cwd: process.cwd(), input: fs.readFileSync(0, 'utf8') };
const serial = fs.readFileSync(${JSON.stringify(record)}, 'utf8').split('\\n').length - 1;
fs.appendFileSync(${JSON.stringify(record)}, JSON.stringify(call) + '\\n');
const valueOf = (flag) => call.args[call.args.indexOf(flag) + 1];
${script}
`,
  );
  await chmod(path, 0o755);
  return {
    path,
    async calls() {
      const lines = (await readFile(record, 'utf8')).split('\n').filter((line) => line !== '');
      return lines.map((line) => JSON.parse(line) as RecordedCall);
    },
  };
}
