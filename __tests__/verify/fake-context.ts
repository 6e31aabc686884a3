import type { ReadContext } from '../../src/base/action.ts';
import { readVerifyRequest, type VerifyRequest } from '../../src/verify/request.ts';

/** A P-256 key of nobody. */
export const PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKk1JUcFpI0XF5FkffBquWCIBnhtJ
g8h/WpVlJ03co2PDVTeUs+CGTqW2YhgVov+oAn3qw5hdamC/XO1Brw9TAg==
-----END PUBLIC KEY-----
`;

/** A workspace with these files, on a push. */
export function makeReadContext(files: Readonly<Record<string, string>> = {}): ReadContext {
  return {
    ...{ workspace: '/workspace', event: 'push', env: {} },
    files: {
      readText: async (path) => files[path],
      readPolicy: async (path) => files[path],
      isExecutable: async () => true,
    },
  };
}

/** A request for one image, trusting one key; these inputs lie over it. */
export function makeVerifyRequest(
  inputs: Readonly<Record<string, string>> = {},
  files: Readonly<Record<string, string>> = {},
): Promise<VerifyRequest> {
  const all = { images: 'prod.test/app:1', key: 'cosign.pub', ...inputs };
  return readVerifyRequest(all, makeReadContext({ 'cosign.pub': PUBLIC_KEY, ...files }));
}
