import type { Guard } from '../guards.ts';

const T = 'src/registry/transport';

/** What stands between a request and a fault on its way. */
export const TRANSPORT_GUARDS = {
  'retry-status': {
    file: `${T}/retry.ts`,
    says: 'asks again after a status that may pass',
    find: 'return RETRYABLE_STATUSES.includes(status) || (status >= 500 && !FINAL_STATUSES.includes(status));',
    replace: 'return false;',
  },
  'retry-fault': {
    file: `${T}/retry.ts`,
    says: 'asks again when a connection broke',
    find: "return RETRYABLE_FAULTS.includes(code) || code === 'HTTPParserError' || code.startsWith('HPE_');",
    replace: "return code === 'HTTPParserError' || code.startsWith('HPE_');",
  },
  'retry-garbled': {
    file: `${T}/retry.ts`,
    says: 'asks again when what came is no HTTP',
    find: " || code === 'HTTPParserError' || code.startsWith('HPE_');",
    replace: ';',
  },
  'retry-after': {
    file: `${T}/retry-after.ts`,
    says: 'waits for as many seconds as it is asked to',
    find: 'return Number(text) * 1000;',
    replace: 'return undefined;',
  },
  'retry-after-date': {
    file: `${T}/retry-after.ts`,
    says: 'waits until the date it is given',
    find: 'return date === undefined ? undefined : Math.max(0, date - now);',
    replace: 'return undefined;',
  },
  'headers-timeout': {
    file: `${T}/dispatcher.ts`,
    says: 'gives up waiting for an answer',
    find: 'headersTimeout: timeouts.headers,',
    replace: 'headersTimeout: 0,',
  },
  'stored-timeout': {
    file: `${T}/dispatcher.ts`,
    says: 'gives up waiting for content to be stored',
    find: 'headersTimeout: options.timeouts.stored',
    replace: 'headersTimeout: 0',
  },
  'body-timeout': {
    file: `${T}/dispatcher.ts`,
    says: 'gives up waiting for the rest of an answer',
    find: 'bodyTimeout: timeouts.body,',
    replace: 'bodyTimeout: 0,',
  },
  'read-again': {
    file: `${T}/http.ts`,
    says: 'reads a short answer within the attempt that asked for it',
    find: 'exchange(request, (response) => readWhole(response, limit)),',
    replace: 'exchange(request, async (response) => response).then((response) => readWhole(response, limit)),',
  },
  'renew-token': {
    file: `${T}/http.ts`,
    says: 'gets another token when one is not taken',
    find: 'if (renew === undefined) return response;',
    replace: 'if (renew !== null) return response;',
  },
  'renew-403': {
    file: `${T}/authorize.ts`,
    says: 'takes a 403 with insufficient_scope as a call for another token',
    find: '(response.status === 403 && !isShort)',
    replace: 'response.status === 403',
  },
  'renew-once': {
    file: `${T}/http.ts`,
    says: 'stops after one renewal',
    find: '  return send(withAuthorization(wire, await renew()));',
    replace: '  await renew();\n  return sendAuthorized(send, authorizer, endpoint, request);',
  },
  'token-limit': {
    file: `${T}/token.ts`,
    says: 'reads no endless token',
    find: 'await readBody(response, MAX_TOKEN_BODY)',
    replace: 'await readBody(response, 1e12)',
  },
  'answer-basic': {
    file: `${T}/authorize.ts`,
    says: 'answers a Basic challenge',
    find: 'return header === undefined ? undefined : { header };',
    replace: 'return header === undefined ? undefined : undefined;',
  },
  'refuse-401': {
    file: `${T}/token.ts`,
    says: 'takes the refusal of a token service for what it is',
    find: 'if (status === 401 || status === 403 || status === 400) {',
    replace: 'if (status === 403 || status === 400) {',
  },
  'token-is-there': {
    file: `${T}/token.ts`,
    says: 'looks whether a token is one',
    find: "if (json === undefined || typeof value !== 'string' || !/^[\\x21-\\x7e]+$/.test(value)) {",
    replace: "if (typeof value === 'number') {",
  },
  'token-status': {
    file: `${T}/token.ts`,
    says: 'looks whether a token service refuses',
    find: 'if (response.status !== 200) throw await refuseToken(response, request);',
    replace: '',
  },
  'ping-may-fail': {
    file: `${T}/scheme.ts`,
    says: 'goes on when the first contact tells nothing',
    find: 'return { origin, challenges: status === 401 ? challenges : [], status, isRegistry };',
    replace: "if (!isRegistry) throw new Error('no registry'); return { origin, challenges, status, isRegistry };",
  },
  'authorises-own-origin': {
    file: `${T}/http.ts`,
    says: 'authorises only what goes to the registry itself',
    find: '  if (url.origin !== origin.origin) return send(wire);\n',
    replace: '',
  },
  'redirect-without-secrets': {
    file: `${T}/redirect.ts`,
    says: 'keeps credentials from another origin',
    find: 'headers: url.origin === request.url.origin ? request.headers : withoutSecrets(request.headers),',
    replace: 'headers: request.headers,',
  },
  'redirect-stays-out': {
    file: `${T}/redirect.ts`,
    says: 'refuses the way to addresses that no registry may send us to',
    find: '  const reason = refuseAddress(from, to);',
    replace: '  const reason = undefined as string | undefined;',
  },
  'redirect-keeps-method': {
    file: `${T}/redirect.ts`,
    says: 'refuses a redirect that makes a read of a write',
    find: 'if (!keepsMethod && response.status !== 307 && response.status !== 308) {',
    replace: 'if (request.url.protocol === "none:") {',
  },
  'address-parses': {
    file: `${T}/redirect.ts`,
    says: 'calls what is no address a broken protocol',
    find: '  if (to === null) {',
    replace: '  if (to === null) return from;\n  if (to === null) {',
  },
  'resends-when-busy': {
    file: `${T}/retry.ts`,
    says: 'sends the step of an upload again that was turned away',
    find: "return 'response' in outcome && outcome.response.status === 429;",
    replace: "return 'response' in outcome && outcome.response.status === 1;",
  },
  'redirect-end': {
    file: `${T}/redirect.ts`,
    says: 'stops following redirects',
    find: 'if (count === MAX_REDIRECTS) {',
    replace: 'if (count === 100_000) {',
  },
} as const satisfies Readonly<Record<string, Guard>>;
