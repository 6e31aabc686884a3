import { type Certificate, makeAuthority, makeCertificate } from '../../lab/certificate.ts';
import { buildDatabaseArtifact } from '../../lab/database/database.ts';
import { type LabProxy, type ProxyOptions, startProxy } from '../../lab/proxy.ts';
import { type LabRegistry, type RegistryOptions, startRegistry } from '../../lab/registry/server.ts';
import { errorsOf } from '../e2e/fixture.ts';

/** A network no name service knows: registries by name, with certificates of a private authority, behind a proxy. */
export interface Network {
  readonly authority: Certificate;
  readonly proxy: LabProxy;
  /** Variables and files of a step that uses the proxy and trusts the authority, and the policy for it. */
  readonly step: {
    readonly env: Readonly<Record<string, string>>;
    readonly files: Readonly<Record<string, string>>;
    readonly policy: Readonly<Record<string, unknown>>;
  };
  /** Starts a registry that the proxy finds under this name. */
  open(name: string, options?: RegistryOptions): Promise<LabRegistry>;
  close(): Promise<void>;
}

/** Leaves out of a promotion what needs a tool. */
export const BARE = { sign: 'false', attest: 'false', scan: 'off' } as const;

/** What the proxy of a network is; `isSecure`: reached by https, with a certificate of the network's authority. */
export interface NetworkOptions extends Partial<ProxyOptions> {
  readonly isSecure?: boolean;
}

/** Opens networks and closes them all. */
export function createNetworks(): { open(options?: NetworkOptions): Promise<Network>; close(): Promise<void> } {
  const opened: Network[] = [];
  return {
    async open(options) {
      const network = await openNetwork(options);
      opened.push(network);
      return network;
    },
    async close() {
      await Promise.all(opened.splice(0).map((network) => network.close()));
    },
  };
}

async function openNetwork({ isSecure = false, ...options }: NetworkOptions = {}): Promise<Network> {
  const authority = makeAuthority('Private authority');
  const tls = isSecure ? { tls: makeCertificate({ names: ['127.0.0.1'] }, authority) } : {};
  const proxy = await startProxy({ routes: {}, ...tls, ...options });
  const registries: LabRegistry[] = [];
  return {
    ...{ authority, proxy },
    step: {
      env: { HTTPS_PROXY: proxy.url },
      files: { 'ca.pem': authority.cert },
      policy: { registries: { ca: 'ca.pem' }, scan: { databases: ['mirror.test/mirror/trivy-db:2'] } },
    },
    async open(name, options = {}) {
      const tls = makeCertificate({ names: [name, '127.0.0.1'] }, authority);
      const registry = await startRegistry({ tls, ...options });
      registries.push(registry);
      proxy.routes[`${name}:443`] = registry.host;
      return registry;
    },
    async close() {
      await Promise.all([proxy.close(), ...registries.map((registry) => registry.close())]);
    },
  };
}

/** Stores the scanner's database, as `mirror/trivy-db:2`. */
export function seedDatabase(registry: LabRegistry): void {
  registry.seed('mirror/trivy-db', buildDatabaseArtifact(), '2');
}

/** All that a step said in its errors. */
export function complaintOf(step: Parameters<typeof errorsOf>[0]): string {
  return errorsOf(step)
    .map(({ title, message }) => `${title}: ${message}`)
    .join('\n');
}
