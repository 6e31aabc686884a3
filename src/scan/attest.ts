import { openEvidence } from '../chain/evidence-reader.ts';
import type { Statement } from '../chain/statement.ts';
import { readVuln } from '../chain/target-statement.ts';
import { readVerifiedEvidence } from '../chain/verify-target.ts';
import { VULN_PREDICATE, type VulnPredicate } from '../chain/vuln.ts';
import type { Repository } from '../image/reference.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { ManifestContent } from '../registry/manifest.ts';
import { chooseDelay } from '../registry/transport/retry.ts';
import { SignerError } from '../signer/error.ts';
import { keepBundle } from '../steps/keep-bundle.ts';
import type { Notary } from '../steps/notary.ts';
import type { Signer } from '../steps/signer.ts';
import type { Layout } from '../transfer/layout.ts';
import { listUnlisted } from '../transfer/list-unlisted.ts';
import { pushReferrers } from '../transfer/referrers.ts';
import type { ImageAttestation } from './outcome.ts';
import type { ScanPorts } from './ports.ts';
import { isSameScan, saysSameScan } from './same-scan.ts';

/** The image that was scanned, where it is. */
export interface AttestedImage {
  readonly repository: Repository;
  readonly root: ManifestContent;
  readonly layout: Layout;
}

/** Who signs. */
export interface AttestContext extends Signer {
  /** One for the whole run: whose certificate it was is known from the first signature on. */
  readonly notary: Notary;
  /** How old a scan that is there may be and still do, in milliseconds. */
  readonly renewAfter: number;
}

/** How often what was attached is looked for: a registry may take a moment to list it, another writer may replace the list. */
const MAX_ROUNDS = 3;

/**
 * Attaches a scan to its image, by digest, and has stock cosign verify it there. A recent one by this very signer, with
 * the same scanner and database, is left as it is: all attestations of a type must pass whoever verifies with a policy,
 * so that there should be few.
 */
export async function attestScan(
  statement: Statement<VulnPredicate>,
  image: AttestedImage,
  context: AttestContext,
  ports: Pick<ScanPorts, 'registry' | 'clock' | 'log'>,
): Promise<ImageAttestation> {
  const { notary } = context;
  // A signer that does not know under which name it signs signs first, and looks afterwards what is there by that name.
  if (notary.anchor === undefined) await notary.sign(statement);
  const known = notary.anchor && (await findSame(statement, image, notary.anchor, context, ports));
  if (known !== undefined) {
    ports.log.info(`There already: ${VULN_PREDICATE} by the same signer, scanner and database`);
    return known;
  }
  const bundle = await notary.sign(statement);
  const { repository, root, layout } = image;
  const referrer = await keepBundle(root, bundle, VULN_PREDICATE, ports.clock(), layout);
  const unlisted = await pushReferrers([referrer], layout, ports.registry, repository, { mountFrom: undefined });
  const { anchor } = notary;
  if (anchor === undefined) throw new TypeError('what was signed was signed by somebody');
  const isThere = () => verifiesAtRegistry(statement, image, anchor, context, ports.registry);
  await waitUntil(isThere, () => listUnlisted(unlisted, ports.registry, repository), image, ports.registry);
  const { digest } = referrer.content;
  ports.log.info(`Attached ${VULN_PREDICATE} as ${digest}; cosign ${context.tool.version} verifies it there`);
  return { result: 'attached', manifest: digest };
}

/** One that says the same, by the same signer, about this very image in this very repository. */
async function findSame(
  statement: Statement<VulnPredicate>,
  { repository, root }: AttestedImage,
  anchor: TrustAnchor,
  { verifier, renewAfter }: AttestContext,
  { registry }: Pick<ScanPorts, 'registry'>,
): Promise<ImageAttestation | undefined> {
  const { digest } = root;
  const evidence = openEvidence(registry, repository, verifier);
  try {
    const { verified } = await evidence.findAttestations(digest, VULN_PREDICATE, [anchor]);
    const same = verified.find((found) =>
      saysSameScan(readVuln(found.statement, { repository, digest }), statement.predicate, renewAfter),
    );
    return same && { result: 'unchanged', manifest: same.manifest };
  } finally {
    await evidence.close();
  }
}

/** What a stranger would do. */
async function verifiesAtRegistry(
  statement: Statement<VulnPredicate>,
  { repository, root }: AttestedImage,
  anchor: TrustAnchor,
  { verifier }: AttestContext,
  client: RegistryClient,
): Promise<boolean> {
  const subject = { client, repository, digest: root.digest, verifier, anchor };
  const { vulns } = await readVerifiedEvidence(subject, { vuln: true });
  return vulns.some((found) => isSameScan(found, statement.predicate));
}

/** Lists what the registry does not list by itself, before each look. */
async function waitUntil(
  isThere: () => Promise<boolean>,
  list: () => Promise<boolean>,
  { repository, root }: AttestedImage,
  { transport }: RegistryClient,
): Promise<void> {
  for (let round = 1; ; round++) {
    await list();
    if (await isThere()) return;
    if (round === MAX_ROUNDS) break;
    await transport.retry.sleep(chooseDelay(transport.retry, round + 1, undefined), transport.signal);
  }
  throw new SignerError(
    'VERIFICATION_FAILED',
    `cosign does not find the scan that was attached to ${repository}@${root.digest}`,
    { hint: 'Look whether the registry lists what refers to an image, and whether something removes it at once.' },
  );
}
