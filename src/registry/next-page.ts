import { RegistryError } from './error.ts';
import { headersOf, type Response } from './transport/message.ts';
import { resolveAddress } from './transport/redirect.ts';

/** The `next` of a Link header, which may hold several; REDIRECT_REFUSED for one on another host. https://www.rfc-editor.org/rfc/rfc8288#section-3 */
export function nextPage(response: Response): URL | undefined {
  for (const header of headersOf(response, 'link')) {
    for (const [, address = '', parameters = ''] of header.matchAll(/<([^<>]*)>((?:"[^"]*"|[^",])*)/g)) {
      if (!isNext(parameters)) continue;
      const next = resolveAddress(response.url, address, 'Link');
      if (next.origin === response.url.origin) return next;
      throw new RegistryError('REDIRECT_REFUSED', `${response.url.host} sent a Link to ${next.origin}`, { url: next });
    }
  }
  return undefined;
}

/** Of several `rel` only the first counts; https://www.rfc-editor.org/rfc/rfc8288#section-3.3 */
function isNext(parameters: string): boolean {
  const all = [...parameters.matchAll(/;\s*([^\s=;"]+)\s*(?:=\s*(?:"([^"]*)"|([^\s;"]*)))?/g)];
  const [, , quoted, token] = all.find(([, name]) => name?.toLowerCase() === 'rel') ?? [];
  return (quoted ?? token ?? '').toLowerCase().split(/\s+/).includes('next');
}
