import { type Link, startLink } from './link.ts';
import type { LinkAnswer, LinkRequest } from './link-process.ts';

/** What `startLinkProcess` runs: links on demand, until the one who asks is gone. */
const links = new Map<number, Link>();
let serial = 0;

process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  const request = message as LinkRequest;
  answer(request).then(
    (found) => process.send?.({ ...found, id: request.id }),
    (error: unknown) => process.send?.({ id: request.id, error: String(error) }),
  );
});
process.send?.('ready');

async function answer(request: LinkRequest): Promise<Omit<LinkAnswer, 'id'>> {
  if ('open' in request) {
    const link = await startLink(request.open);
    links.set(++serial, link);
    return { link: serial, host: link.host };
  }
  const id = 'read' in request ? request.read : request.close;
  const link = links.get(id);
  if (link === undefined) throw new Error(`there is no link ${id}`);
  if ('read' in request) return { moved: { ...link.moved, connections: link.connections() } };
  links.delete(id);
  await link.close();
  return {};
}
