import type { Log } from '../../base/ports.ts';
import { cleanText } from './diagnostics.ts';
import { headersOf, type Response } from './message.ts';

const MAX_WARNINGS = 20;

/** Shows each warning of a registry once, and does nothing else with it; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#warnings */
export function createWarningReporter(log: Log): (response: Response) => void {
  const shown = new Set<string>();
  return (response) => {
    for (const text of headersOf(response, 'warning').flatMap(parseWarnings)) {
      const line = `${response.url.host} says: ${text}`;
      if (shown.has(line) || shown.size >= MAX_WARNINGS) continue;
      shown.add(line);
      log.warning(line);
    }
  };
}

/** The texts of all `299 - "text"` in a Warning header; other codes are not for people. */
export function parseWarnings(header: string): readonly string[] {
  const matches = header.matchAll(/(?:^|,)\s*299 \S+ "((?:[^"\\]|\\.)*)"/g);
  return [...matches].map((match) => cleanText((match[1] ?? '').replace(/\\(.)/g, '$1'), 500));
}
