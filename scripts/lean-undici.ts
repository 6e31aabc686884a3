import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'rolldown';

/** What `src/` takes from undici. An import of anything else fails the build, and says its name. */
const ENTRY = `
import Dispatcher from './lib/dispatcher/dispatcher.js';
import Agent from './lib/dispatcher/agent.js';
import Client from './lib/dispatcher/client.js';
import EnvHttpProxyAgent from './lib/dispatcher/env-http-proxy-agent.js';
import Pool from './lib/dispatcher/pool.js';
import askConnect from './lib/api/api-connect.js';
import askRequest from './lib/api/api-request.js';
import errors from './lib/core/errors.js';
import { parseURL } from './lib/core/util.js';

Object.assign(Dispatcher.prototype, { connect: askConnect, request: askRequest });

function request(url, { dispatcher, ...options }) {
	const { origin, pathname, search } = parseURL(url);
	const method = options.method || (options.body ? 'PUT' : 'GET');
	return dispatcher.request({ ...options, origin, path: pathname + search, method });
}

export { Agent, Client, Dispatcher, EnvHttpProxyAgent, Pool, errors, request };
`;

/**
 * Parts of undici that the rest refers to and nothing here ever reaches, and what stands in for each: HTTP/2 (every
 * pool has \`allowH2: false\`), bodies that are forms, and the parser that only a variable of undici switches on.
 */
export const STAND_INS: Readonly<Record<string, string>> = {
  'lib/dispatcher/client-h2.js':
    "module.exports = () => { throw new TypeError('HTTP/2 is not in this bundle of undici'); };",
  'lib/dispatcher/parser-h1.js': 'module.exports = { H1Parser: undefined, getMiloEnabled: () => false };',
  'lib/web/fetch/body.js':
    "module.exports = { extractBody: () => { throw new TypeError('forms are not in this bundle of undici'); } };",
  'lib/web/fetch/formdata.js': 'module.exports = {};',
  'lib/web/webidl/index.js': 'module.exports = { webidl: { is: { FormData: () => false } } };',
};

const SUFFIX = '?lean';

/**
 * A rolldown plugin that gives `src/` the connections of undici without the rest of it: fetch, WebSocket, caches, mocks
 * and interceptors cost most of the start of a process that never uses them. A package that imports undici gets all of it.
 * Fails the build when a version of undici no longer has one of the files.
 */
export function leanUndici(root: string): Plugin {
  const folder = join(root, 'node_modules', 'undici');
  const entry = `${join(folder, 'index.js')}${SUFFIX}`;
  const find = (file: string): string | undefined =>
    [file, `${file}.js`, join(file, 'index.js')].find((path) => /\.js$/.test(path) && existsSync(path));
  return {
    name: 'lean-undici',
    buildStart() {
      for (const file of Object.keys(STAND_INS)) {
        if (!existsSync(join(folder, file)))
          throw new Error(`undici has no ${file} any more: mend scripts/lean-undici.ts`);
      }
    },
    resolveId(specifier, importer) {
      if (specifier === 'undici') return importer !== undefined && isOwn(root, importer) ? entry : undefined;
      if (!importer?.endsWith(SUFFIX) || !specifier.startsWith('.')) return undefined;
      const file = find(resolve(dirname(importer), specifier));
      if (file === undefined) throw new Error(`undici has no ${specifier} any more: mend scripts/lean-undici.ts`);
      return `${file}${SUFFIX}`;
    },
    load(id) {
      if (!id.endsWith(SUFFIX)) return undefined;
      if (id === entry) return { code: ENTRY, moduleType: 'js' };
      const file = id.slice(0, -SUFFIX.length);
      const standIn = STAND_INS[file.slice(folder.length + 1).replaceAll('\\', '/')];
      return { code: standIn ?? readFileSync(file, 'utf8'), moduleType: 'js' };
    },
  };
}

function isOwn(root: string, importer: string): boolean {
  return resolve(importer).startsWith(join(root, 'src'));
}
