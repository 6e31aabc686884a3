import type { ExecResult } from '../base/ports.ts';

const MAX_LENGTH = 600;

/** What cosign 3 says of a bundle that was looked at and does not hold; each was provoked. What is not listed is no verdict. */
const REFUTATIONS: readonly RegExp[] = [
  /^failed to verify (?:log inclusion|signed certificate timestamp|timestamps|certificate identity|leaf certificate): /,
  /^failed to verify signature: (?!could not fetch verifier public key)/,
  /^failed to fetch verification content: /,
  /^invalid predicate type, /,
  /^expected key signature, not certificate/,
  /^signature time outside of public key validity window/,
  /^bundle does not contain a DSSE envelope/,
];

/** The same of an image: nothing is attached to it, or nothing that holds; https://github.com/sigstore/cosign/blob/v3.1.3/cmd/cosign/errors/exit_codes.go */
const IMAGE_REFUTATIONS: readonly RegExp[] = [
  /^no (?:matching )?(?:signatures|attestations)\b/,
  /^none of the attestations matched the predicate type/,
];

/** cosign says this of a bundle in which it cannot find the parts of one. */
const UNREADABLE = /^--trusted-root only supported with --new-bundle-format/;

/** Faults on the way to a service or in it. The first is how cosign tells of a 429 or 5xx of Fulcio or a timestamp authority. */
const TRANSIENT: readonly RegExp[] = [
  /read on closed response body/,
  /unexpected (?:response|status code|status|HTTP status)[^0-9]{0,12}(?:408|409|425|429|5\d\d)\b/i,
  /returned (?:429|5\d\d)\b/,
  /connection (?:refused|reset)|broken pipe|no such host|network is unreachable|server misbehaving/,
  /i\/o timeout|TLS handshake timeout|deadline exceeded|timeout awaiting|Client\.Timeout/,
  /unexpected EOF|: EOF\b|tuf refresh failed|error updating to TUF/,
];

const READABLE: readonly (readonly [RegExp, string])[] = [
  [UNREADABLE, 'cosign cannot read it as a Sigstore bundle'],
  [/accepted signatures do not match threshold/, 'it is not signed by this signer, or was altered after it was signed'],
  [/not enough verified log entries/, 'it has no entry in a transparency log that is trusted'],
  [/no matching CertificateIdentity found, last error: (.*)/s, '$1'],
];

/** The last thing cosign said, on one line; how it ended when that was nothing. */
export function readComplaint(result: ExecResult, timedOut = false): string {
  if (timedOut) return 'it did not end in time and was stopped';
  const lines = result.stderr.split('\n').filter((line) => !line.startsWith('WARNING') && !line.startsWith('Flag --'));
  const text = lines.join('\n');
  const told =
    /(?:^|\n)error during command execution: ([\s\S]+)/.exec(text)?.[1] ?? /(?:^|\n)Error: ([\s\S]+)/.exec(text)?.[1];
  const said = (told ?? lines.filter((line) => line.trim() !== '').at(-1) ?? '').replace(/\s+/g, ' ').trim();
  if (said === '') return `it said nothing (${describeEnd(result)})`;
  return said.length > MAX_LENGTH ? `${said.slice(0, MAX_LENGTH)}…` : said;
}

/** How a run ended, for a message. */
export function describeEnd(result: ExecResult): string {
  return result.code === null ? `was ended by ${result.signal ?? 'a signal'}` : `ended with exit code ${result.code}`;
}

interface Ended {
  readonly code: number | null;
  readonly complaint: string;
  readonly timedOut: boolean;
}

/** Why a bundle does not verify, in words; undefined when cosign did not get as far as a verdict. */
export function explainRefutation(result: Ended): string | undefined {
  if (result.timedOut || result.code !== 1) return undefined;
  const { complaint } = result;
  if (!isRefutation(complaint) && !UNREADABLE.test(complaint)) return undefined;
  const [pattern, words] = READABLE.find(([known]) => known.test(complaint)) ?? [];
  if (pattern === undefined || words === undefined) return complaint;
  return words === '$1' ? (pattern.exec(complaint)?.[1] ?? complaint) : words;
}

/** True when cosign looked at all that is attached to an image and nothing holds: exit codes 10 to 13, or 1 with such words. */
export function isImageRefuted(result: Ended): boolean {
  if (result.timedOut || result.code === null || isTransient(result)) return false;
  if (result.code >= 10 && result.code <= 13) return true;
  const { complaint } = result;
  return (
    result.code === 1 &&
    (IMAGE_REFUTATIONS.some((pattern) => pattern.test(complaint)) || explainRefutation(result) !== undefined)
  );
}

/** True when cosign found no parts of a Sigstore bundle in the file. */
export function isUnreadable(result: Ended): boolean {
  return result.code === 1 && UNREADABLE.test(result.complaint);
}

/** True when the same call may do better in a moment. */
export function isTransient(result: Ended): boolean {
  if (result.code === 0) return false;
  const { complaint } = result;
  return result.timedOut || (!isRefutation(complaint) && TRANSIENT.some((pattern) => pattern.test(complaint)));
}

/** True when a log already holds this very entry: the answer to a former request was lost. */
export function isConflict(result: Ended): boolean {
  return result.code !== 0 && /unexpected response: 409\b/.test(result.complaint);
}

function isRefutation(complaint: string): boolean {
  return REFUTATIONS.some((pattern) => pattern.test(complaint));
}
