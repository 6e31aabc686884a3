import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A repository at GitHub with one commit, as far as the REST API tells of it. */
export interface GithubOptions {
  /** `owner/name`. */
  readonly repository: string;
  readonly commit: string;
  /** What that commit holds, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** The only token that may read it. */
  readonly token: string;
  /** What the token may do with pull requests; `not-permitted` is a repository whose settings forbid it to jobs. `allowed` by default. */
  readonly pulls?: 'allowed' | 'denied' | 'not-permitted';
}

/** A pull request as it stands. */
export interface LabPull {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
}

/** A running stand-in for api.github.com. */
export interface Github {
  /** For GITHUB_API_URL. */
  readonly url: string;
  /** What was asked for, with the query, in order. */
  readonly requests: readonly { readonly path: string; readonly authorization: string | undefined }[];
  /** All there ever were; a test may close one. */
  readonly pulls: LabPull[];
  close(): Promise<void>;
}

/** Serves commits, raw contents and pull requests; 401 without the token, 404 for what is not there; https://docs.github.com/en/rest/repos/contents#get-repository-content */
export async function startGithub(options: GithubOptions): Promise<Github> {
  const { repository, commit, files, token } = options;
  const requests: { path: string; authorization: string | undefined }[] = [];
  const pulls: LabPull[] = [];
  const server = createServer(async (request, response) => {
    const { url = '/', headers } = request;
    requests.push({ path: url, authorization: headers.authorization });
    const answer = (status: number, body: string): void => {
      const isText = status === 200 && !body.startsWith('{') && !body.startsWith('[');
      response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json' }).end(body);
    };
    const [scheme = '', given] = (headers.authorization ?? '').split(' ');
    if (!/^(token|bearer)$/i.test(scheme) || given !== token) return answer(401, '{"message":"Bad credentials"}');
    const { pathname, searchParams } = new URL(url, 'http://github');
    const path = decodeURIComponent(pathname);
    if (path === `/repos/${repository}/git/commits/${commit}`) return answer(200, JSON.stringify({ sha: commit }));
    if (path.startsWith(`/repos/${repository}/pulls`)) {
      const said = await readJson(request);
      const [status, body] = answerPulls(options, pulls, { method: request.method, path, query: searchParams, said });
      return answer(status, JSON.stringify(body));
    }
    const contents = `/repos/${repository}/contents/`;
    const text = path.startsWith(contents) ? files[path.slice(contents.length)] : undefined;
    if (text === undefined || searchParams.get('ref') !== commit) return answer(404, '{"message":"Not Found"}');
    return answer(200, text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    pulls,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, string>>> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : (JSON.parse(text) as Record<string, string>);
}

/** https://docs.github.com/en/rest/pulls/pulls */
function answerPulls(
  { repository, pulls: right = 'allowed' }: GithubOptions,
  pulls: LabPull[],
  asked: {
    readonly method: string | undefined;
    readonly path: string;
    readonly query: URLSearchParams;
    readonly said: Readonly<Record<string, string>>;
  },
): [number, unknown] {
  const { method, path, query, said } = asked;
  const [owner] = repository.split('/');
  const show = (pull: LabPull) => ({
    ...{ number: pull.number, title: pull.title, body: pull.body, state: pull.state },
    html_url: `https://github.com/${repository}/pull/${pull.number}`,
  });
  if (right === 'denied') return [403, { message: 'Resource not accessible by integration' }];
  if (method === 'GET') {
    const isWanted = ({ head, base, state }: LabPull): boolean =>
      query.get('head') === `${owner}:${head}` && query.get('base') === base && query.get('state') === state;
    return [200, pulls.filter(isWanted).map(show)];
  }
  if (method === 'POST') {
    if (right === 'not-permitted') {
      return [403, { message: 'GitHub Actions is not permitted to create or approve pull requests.' }];
    }
    const { head = '', base = '', title = '', body = '' } = said;
    if (pulls.some((pull) => pull.state === 'open' && pull.head === head && pull.base === base)) {
      return [422, { message: 'Validation Failed', errors: [{ message: 'A pull request already exists' }] }];
    }
    const pull: LabPull = { number: pulls.length + 1, head, base, title, body, state: 'open' };
    pulls.push(pull);
    return [201, show(pull)];
  }
  const index = pulls.findIndex(({ number }) => path.endsWith(`/pulls/${number}`));
  const found = pulls[index];
  if (method !== 'PATCH' || found === undefined) return [404, { message: 'Not Found' }];
  const updated = { ...found, title: said.title ?? found.title, body: said.body ?? found.body };
  pulls[index] = updated;
  return [200, show(updated)];
}
