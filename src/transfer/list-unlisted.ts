import { mapConcurrently } from '../base/concurrency.ts';
import type { Log } from '../base/ports.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { updateFallbackIndex } from '../registry/fallback-update.ts';
import type { Referrer } from './listed-referrer.ts';

const CONCURRENT_LISTS = 4;

/** Where the registry has no referrers API, one PUT per subject makes all its referrers found. True when there was something to write. */
export async function listUnlisted(
  unlisted: readonly Referrer[],
  client: RegistryClient,
  repository: Repository,
  log: Pick<Log, 'info'> = client.transport.log,
): Promise<boolean> {
  const bySubject = [...Map.groupBy(unlisted, (referrer) => referrer.subject)];
  const written = await mapConcurrently(bySubject, CONCURRENT_LISTS, async ([subject, referrers]) => {
    const descriptors = referrers.map(({ descriptor }) => descriptor);
    if (!(await updateFallbackIndex(client, repository, subject, descriptors))) return false;
    log.info(`The registry has no referrers API: ${descriptors.length} listed under the fallback tag of ${subject}`);
    return true;
  });
  return written.includes(true);
}
