/** One way to authenticate that a server offers; parameter names are lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const TOKEN68 = /[A-Za-z0-9._~+/-]+=*(?=\s*(?:,|$))/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/y;
const SEPARATOR = /[\s,]*/y;

/** Parses WWW-Authenticate headers, each of which may hold several challenges; stops at what it cannot read. https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 */
export function parseChallenges(headers: readonly string[]): readonly Challenge[] {
  return headers.flatMap(parseHeader);
}

/** The challenge to answer: Bearer with a realm before Basic; undefined when there is none we know. */
export function chooseChallenge(challenges: readonly Challenge[]): Challenge | undefined {
  const bearer = challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.realm !== undefined);
  return bearer ?? challenges.find(({ scheme }) => scheme === 'basic');
}

function parseHeader(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  let position = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const match = pattern.exec(header);
    if (match !== null) position = pattern.lastIndex;
    return match;
  };
  for (take(SEPARATOR); position < header.length; take(SEPARATOR)) {
    const name = take(TOKEN)?.[0].toLowerCase();
    if (name === undefined) break;
    const current = challenges.at(-1);
    if (current !== undefined && take(/\s*=\s*/y) !== null) {
      const value = take(QUOTED)?.[1]?.replace(/\\(.)/g, '$1') ?? take(TOKEN)?.[0];
      if (value === undefined) break;
      if (!Object.hasOwn(current.parameters, name)) current.parameters[name] = value;
    } else {
      challenges.push({ scheme: name, parameters: Object.create(null) as Record<string, string> });
      if (take(/ +/y) !== null && !isParameter(header, position)) take(TOKEN68);
    }
  }
  return challenges;
}

function isParameter(header: string, position: number): boolean {
  const pattern = /[!#$%&'*+.^_`|~0-9A-Za-z-]+\s*=\s*(?:"|[^\s,=])/y;
  pattern.lastIndex = position;
  return pattern.test(header);
}
