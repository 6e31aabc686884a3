import { type GitSource, parseGitSource } from './git-source.ts';
import { readField, readList, readText } from './json-field.ts';
import { PROVENANCE_TYPES } from './predicate-types.ts';

/** What SLSA provenance says of a build; what it does not say, or says in two ways, is absent. */
export interface Provenance {
  readonly builder?: string;
  /** `owner/name` on github.com, `host/path` elsewhere. */
  readonly repository?: string;
  /** The full ref, such as `refs/heads/main`. */
  readonly ref?: string;
  /** The commit that was built, in hex. */
  readonly commit?: string;
}

/** A source as one field names it, and the commit beside it. */
interface Claim {
  readonly source: GitSource | undefined;
  readonly commit?: string;
}

/** Where v1 provenance names what was built: GitHub's workflows, Cloud Build and Tekton, slsa-github-generator, BuildKit. Only parameters count, since a dependency may be any repository. */
const V1_PLACES: readonly (readonly string[])[] = [['workflow'], ['buildConfigSource'], ['source'], ['configSource']];

/** Reads SLSA provenance v1 or v0.2 out of a statement; undefined for any other. Never throws. */
export function readProvenance(statement: unknown): Provenance | undefined {
  const type = readText(statement, ['predicateType']);
  if (type === undefined || !PROVENANCE_TYPES.includes(type)) return undefined;
  const predicate = readField(statement, ['predicate']);
  return type.endsWith('/v1') ? readV1(predicate) : readV02(predicate);
}

function readV1(predicate: unknown): Provenance {
  const definition = readField(predicate, ['buildDefinition']);
  const claims = V1_PLACES.flatMap((place) => readClaim(readField(definition, ['externalParameters', ...place])));
  return combine(
    readText(predicate, ['runDetails', 'builder', 'id']),
    claims,
    readList(definition, ['resolvedDependencies']),
  );
}

function readV02(predicate: unknown): Provenance {
  const claims = readClaim(readField(predicate, ['invocation', 'configSource']));
  return combine(readText(predicate, ['builder', 'id']), claims, readList(predicate, ['materials']));
}

/** A text that is an address, `{uri, digest}`, or `{repository, ref}`; anything else that is there names no repository. */
function readClaim(value: unknown): Claim[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return [{ source: parseGitSource(value) }];
  const address = readText(value, ['uri']) ?? readText(value, ['repository']);
  const commit = readCommit(value);
  const source = address === undefined ? undefined : parseGitSource(address);
  const ref = readText(value, ['ref']);
  const isTwofold = source?.ref !== undefined && ref !== undefined && source.ref !== ref;
  const whole = source === undefined || ref === undefined ? source : { ...source, ref };
  return [{ source: isTwofold ? undefined : whole, ...(commit === undefined ? {} : { commit }) }];
}

function combine(builder: string | undefined, claims: readonly Claim[], dependencies: readonly unknown[]): Provenance {
  const repository = pickOnly(claims.map(({ source }) => source?.repository));
  const refs = claims.flatMap(({ source }) => (source?.ref === undefined ? [] : [source.ref]));
  const ref = repository === undefined ? undefined : pickOnly(refs);
  const commit =
    repository === undefined ? undefined : pickOnly(listCommits({ repository, ref }, claims, dependencies));
  return {
    ...(builder === undefined ? {} : { builder }),
    ...(repository === undefined ? {} : { repository }),
    ...(ref === undefined ? {} : { ref }),
    ...(commit === undefined ? {} : { commit }),
  };
}

/** The commits of the source itself, and of the dependencies that are this repository and of no other ref. */
function listCommits(
  { repository, ref }: { readonly repository: string; readonly ref: string | undefined },
  claims: readonly Claim[],
  dependencies: readonly unknown[],
): readonly string[] {
  const own = dependencies.flatMap((dependency) => {
    const source = parseGitSource(readText(dependency, ['uri']) ?? '');
    const commit = readCommit(dependency);
    const isSource =
      source?.repository === repository && (ref === undefined || source.ref === undefined || source.ref === ref);
    return isSource && commit !== undefined ? [commit] : [];
  });
  return [...claims.flatMap(({ commit }) => (commit === undefined ? [] : [commit])), ...own];
}

/** https://github.com/in-toto/attestation/blob/main/spec/v1/digest_set.md; v0.2 calls a Git commit `sha1`. */
function readCommit(value: unknown): string | undefined {
  const hex = readText(value, ['digest', 'gitCommit']) ?? readText(value, ['digest', 'sha1']);
  return hex !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(hex) ? hex : undefined;
}

/** The one value that all agree on. */
function pickOnly<T>(values: readonly T[]): T | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}
