import { pathOf, type Repository } from '../image/reference.ts';
import { RegistryError } from './error.ts';
import { nextPage } from './next-page.ts';
import { refuseResponse } from './transport/failure.ts';
import type { Transport } from './transport/http.ts';
import type { RegistryRequest } from './transport/message.ts';
import { pullScope } from './transport/scope.ts';

const MAX_PAGE_BYTES = 16 * 1024 * 1024;
const MAX_PAGES = 200;

/** All tags of a repository, whole or not at all; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags */
export async function listTags(transport: Transport, repository: Repository): Promise<ReadonlySet<string>> {
  const tags = new Set<string>();
  let target: string | URL = `/v2/${pathOf(repository)}/tags/list`;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const request: RegistryRequest = {
      purpose: `list the tags of ${repository}`,
      method: 'GET',
      repository,
      target,
      scopes: [pullScope(repository)],
    };
    const response = await transport.read(request, MAX_PAGE_BYTES);
    if (response.status !== 200) throw await refuseResponse(request, response);
    for (const tag of parseTags(response.whole) ?? fail(request, 'the answer is no list of tags')) tags.add(tag);
    const next = nextPage(response);
    if (next === undefined) return tags;
    target = next;
  }
  throw new RegistryError('PROTOCOL', `could not list the tags of ${repository}: its pages do not end`);
}

/** A repository without tags is written as null by Go. */
function parseTags(bytes: Uint8Array | undefined): readonly string[] | undefined {
  try {
    const json = JSON.parse(new TextDecoder().decode(bytes)) as { readonly tags?: unknown } | null;
    const tags = json?.tags === null ? [] : json?.tags;
    return Array.isArray(tags) && tags.every((tag) => typeof tag === 'string') ? tags : undefined;
  } catch {
    return undefined;
  }
}

function fail(request: RegistryRequest, what: string): never {
  throw new RegistryError('PROTOCOL', `could not ${request.purpose}: ${what}`);
}
