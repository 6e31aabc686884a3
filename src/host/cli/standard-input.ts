import { fstatSync } from 'node:fs';
import { UsageError } from '../../base/error.ts';

/** A cluster's pods are some megabytes. */
const MAX_BYTES = 256 * 1024 * 1024;

/** True when something is piped in, or a file is redirected: a terminal, or nothing at all, is not waited for. */
export function hasStandardInput(): boolean {
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isFile() || stat.isSocket();
  } catch {
    return false;
  }
}

/** All of standard input as text. Throws UsageError for more than 256 MiB. */
export async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) {
      const fix = 'Ask for fewer namespaces at once.';
      throw new UsageError([{ where: 'standard input', message: 'is longer than 256 MiB.', fix }]);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
