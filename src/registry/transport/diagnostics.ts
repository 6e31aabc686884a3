import { MAX_ERROR_BODY, readBodyStart } from './body.ts';
import type { Response } from './message.ts';

/** One entry of a registry's error body; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes */
export interface Diagnostic {
  readonly code: string;
  readonly message: string;
}

/** What an error body holds: the registry's own words, or only the fact that someone else wrote it. */
export interface ErrorBody {
  readonly kind: 'registry' | 'empty' | 'foreign';
  readonly diagnostics: readonly Diagnostic[];
}

const MAX_ENTRIES = 8;
const MAX_TEXT = 300;

/** Reads at most 64 KiB of an error body and gives the connection back. Never throws: the body is hostile until parsed. */
export async function readErrorBody(response: Response): Promise<ErrorBody> {
  return parseErrorBody(response.whole ?? (await readBodyStart(response, MAX_ERROR_BODY)));
}

/** Parses an error body; what is not the specification's JSON is `foreign` (a proxy's HTML page, say). */
export function parseErrorBody(bytes: Uint8Array): ErrorBody {
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === '') return { kind: 'empty', diagnostics: [] };
  const errors = parseErrors(text);
  if (errors === undefined) return { kind: 'foreign', diagnostics: [] };
  return { kind: 'registry', diagnostics: errors.slice(0, MAX_ENTRIES).flatMap(parseEntry) };
}

/** Text from outside on one line, without control characters, and short. */
export function cleanText(text: string, limit = MAX_TEXT): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > limit ? `${line.slice(0, limit)}…` : line;
}

/** The diagnostics as part of a sentence; empty when there are none. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(({ code, message }) => (message === '' ? code : `${code}: ${message}`)).join('; ');
}

function parseErrors(text: string): readonly unknown[] | undefined {
  try {
    const json: unknown = JSON.parse(text);
    const errors = typeof json === 'object' && json !== null ? (json as { errors?: unknown }).errors : undefined;
    return Array.isArray(errors) ? errors : undefined;
  } catch {
    return undefined;
  }
}

function parseEntry(entry: unknown): Diagnostic[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const { code, message } = entry as { code?: unknown; message?: unknown };
  if (typeof code !== 'string') return [];
  return [{ code: cleanText(code, 64), message: typeof message === 'string' ? cleanText(message) : '' }];
}
