import { join } from 'node:path';
import type { LabTool } from '../../lab/tools.ts';
import { pinnedVersion, type ToolName as ReleasedTool } from '../../src/tool/known-tools.ts';
import type { DebianPackage } from './debian.ts';

/** How Go builds a tool. */
export type GoBuild =
  /** `go install package@version`, for modules without replace directives. */
  | { readonly kind: 'install'; readonly package: string }
  /** Download of the module, then a build inside it, with its own go.mod and go.sum. */
  | {
      readonly kind: 'module';
      readonly module: string;
      readonly package: string;
      readonly ldflags?: string;
      readonly env?: Readonly<Record<string, string>>;
    }
  /** A build in a small module of this checkout whose go.sum vouches for what the tool pulls in; it may hold the program itself. */
  | { readonly kind: 'checkout'; readonly directory: string; readonly package: string; readonly tags?: string };

/** A tool, the version we test with, and where it comes from. */
export type Recipe = GoRecipe | DebianRecipe;

/** A tool that Go can build. */
export interface GoRecipe {
  readonly name: LabTool;
  readonly version: string;
  readonly go: GoBuild;
  /** Tried before Go: a release file whose checksum is compiled into the product. */
  readonly release?: ReleasedTool;
  /** Seconds a build takes on two cores when nothing is cached. */
  readonly seconds: number;
}

/** A tool that Debian has built: the one that its users run. */
export interface DebianRecipe {
  readonly name: LabTool;
  readonly version: string;
  readonly debian: DebianPackage;
}

const DOCKER_REGISTRY: DebianPackage = {
  package: 'docker-registry',
  version: '2.8.2+ds1-1',
  pool: 'pool/main/d/docker-registry',
  program: 'usr/bin/docker-registry',
  snapshot: '20250520T000000Z',
  sha256: {
    amd64: 'a9bd06c0e006854608f8469b4371743f40604ad90975532bb3b7ceeb72fe2913',
    arm64: '652d4e3fe828ccf9b80962dce13f813fb969f1d5e1dae7d7ceff79ec9a5ed651',
  },
};

const LAB = join(import.meta.dirname, '..', '..', 'lab');

/** Quick ones first, so that something is there soon. */
export const RECIPES: readonly Recipe[] = [
  { name: 'docker-registry', version: DOCKER_REGISTRY.version, debian: DOCKER_REGISTRY },
  {
    name: 'olareg',
    version: '0.1.2',
    go: {
      kind: 'checkout',
      directory: join(import.meta.dirname, 'olareg'),
      package: 'github.com/olareg/olareg/cmd/olareg',
    },
    seconds: 5,
  },
  {
    // The version of the library that decides, go.podman.io/image; without its tags it needs libraries in C.
    name: 'polcheck',
    version: '5.42.0',
    go: {
      kind: 'checkout',
      directory: join(LAB, 'polcheck'),
      package: '.',
      tags: 'containers_image_openpgp,exclude_graphdriver_btrfs',
    },
    seconds: 25,
  },
  install('crane', '0.22.1', 'github.com/google/go-containerregistry/cmd/crane', 20),
  install('act', '0.2.89', 'github.com/nektos/act', 30),
  install('distribution', '3.1.2', 'github.com/distribution/distribution/v3/cmd/registry', 60),
  {
    ...install('cosign', pinnedVersion('cosign'), 'github.com/sigstore/cosign/v3/cmd/cosign', 150),
    release: 'cosign',
  },
  install('rekor-server-posix', '2.3.0', 'github.com/sigstore/rekor-tiles/v2/cmd/rekor-server/posix', 20),
  {
    // The version of the authority; the program around it is ours, and says why.
    name: 'timestamp-server',
    version: '2.1.2',
    go: { kind: 'checkout', directory: join(LAB, 'sigstore', 'timestamp-server'), package: '.' },
    seconds: 40,
  },
  install('fulcio', '1.8.8', 'github.com/sigstore/fulcio', 65),
  {
    // `go install` does not do, as for Trivy.
    name: 'slsa-verifier',
    version: '2.7.1',
    go: { kind: 'module', module: 'github.com/slsa-framework/slsa-verifier/v2', package: './cli/slsa-verifier' },
    seconds: 60,
  },
  {
    // `go install` does not do: its deprecation check asks for the version list, which proxies refuse (too many tags).
    name: 'trivy',
    version: pinnedVersion('trivy'),
    go: {
      kind: 'module',
      module: 'github.com/aquasecurity/trivy',
      package: './cmd/trivy',
      ldflags: `-X github.com/aquasecurity/trivy/pkg/version/app.ver=${pinnedVersion('trivy')}`,
      env: { GOEXPERIMENT: 'jsonv2' },
    },
    release: 'trivy',
    seconds: 420,
  },
  install('regctl', '0.11.7', 'github.com/regclient/regclient/cmd/regctl', 10),
  {
    // The checksum database does not know this version: it is for the benchmark only, no test runs it.
    name: 'oras',
    version: '1.3.0',
    go: {
      kind: 'module',
      module: 'oras.land/oras',
      package: './cmd/oras',
      env: { GONOSUMDB: 'oras.land/oras' },
    },
    seconds: 20,
  },
];

function install(name: LabTool, version: string, goPackage: string, seconds: number): GoRecipe {
  return { name, version, go: { kind: 'install', package: goPackage }, seconds };
}
