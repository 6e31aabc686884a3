import { once } from 'node:events';
import { createServer } from 'node:http';
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
}

/** A running stand-in for api.github.com. */
export interface Github {
  /** For GITHUB_API_URL. */
  readonly url: string;
  /** What was asked for, with the query, in order. */
  readonly requests: readonly { readonly path: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

/** Serves commits and raw contents; 401 without the token, 404 for what is not there; https://docs.github.com/en/rest/repos/contents#get-repository-content */
export async function startGithub({ repository, commit, files, token }: GithubOptions): Promise<Github> {
  const requests: { path: string; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const { url = '/', headers } = request;
    requests.push({ path: url, authorization: headers.authorization });
    const answer = (status: number, body: string): void => {
      response.writeHead(status, { 'content-type': status === 200 ? 'text/plain' : 'application/json' }).end(body);
    };
    const [scheme = '', given] = (headers.authorization ?? '').split(' ');
    if (!/^(token|bearer)$/i.test(scheme) || given !== token) return answer(401, '{"message":"Bad credentials"}');
    const { pathname, searchParams } = new URL(url, 'http://github');
    const path = decodeURIComponent(pathname);
    if (path === `/repos/${repository}/git/commits/${commit}`) return answer(200, JSON.stringify({ sha: commit }));
    const contents = `/repos/${repository}/contents/`;
    const text = path.startsWith(contents) ? files[path.slice(contents.length)] : undefined;
    if (text === undefined || searchParams.get('ref') !== commit) return answer(404, '{"message":"Not Found"}');
    return answer(200, text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
