/** An account at a registry. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Sends one request below `/v2/REPOSITORY/` (or to a full URL) and throws unless it is answered with one of these statuses. */
export type Send = (
  method: string,
  path: string,
  expected: number | readonly number[],
  payload?: { readonly type: string; readonly bytes: Uint8Array },
) => Promise<Response>;

/** Talks to one repository, and logs in by whatever scheme the registry asks for. */
export function startSession(host: string, repository: string, credentials?: Credentials): Send {
  const base = `${host.includes('://') ? host : `http://${host}`}/v2/${repository}/`;
  let authorization: string | undefined;
  const request = (method: string, url: string, payload: Parameters<Send>[3]): Promise<Response> =>
    fetch(url, {
      method,
      headers: {
        Accept: '*/*',
        ...(authorization === undefined ? {} : { Authorization: authorization }),
        ...(payload === undefined ? {} : { 'Content-Type': payload.type }),
      },
      ...(payload === undefined ? {} : { body: Buffer.from(payload.bytes) }),
    });
  return async (method, path, expected, payload) => {
    const url = new URL(path, base).href;
    let answer = await request(method, url, payload);
    if (answer.status === 401) {
      authorization = await answerChallenge(answer.headers.get('www-authenticate') ?? '', credentials);
      answer = await request(method, url, payload);
    }
    if ([expected].flat().includes(answer.status)) return answer;
    throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  };
}

async function answerChallenge(challenge: string, credentials: Credentials | undefined): Promise<string | undefined> {
  const basic =
    credentials === undefined
      ? undefined
      : `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
  if (!/^bearer /i.test(challenge)) return basic;
  const fields = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
  const url = new URL(fields.get('realm') ?? '');
  for (const name of ['service', 'scope']) {
    const value = fields.get(name);
    if (value !== undefined) url.searchParams.append(name, value);
  }
  const answer = await fetch(url, { headers: basic === undefined ? {} : { Authorization: basic } });
  const { token, access_token } = (await answer.json()) as { token?: string; access_token?: string };
  return `Bearer ${token ?? access_token}`;
}
