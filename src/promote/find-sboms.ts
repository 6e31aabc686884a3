import { type Digest, digestOf } from '../image/digest.ts';
import { formatReference, pinReference } from '../image/reference.ts';
import { listForeign, quoteForeign } from '../policy/quote.ts';
import type { Refusal } from '../policy/refusal.ts';
import { selectTrust, type TrustList, trustInput } from '../policy/trust.ts';
import { type AttestedSbom, type FoundSbom, SBOM_ROLES, SBOM_TYPES, toSbom } from './attested-sbom.ts';
import { relyOnAttestation, wasApproved } from './relied-evidence.ts';
import type { PromoteRequest } from './request.ts';
import type { EvidenceContext } from './required-attestations.ts';
import type { ReliedEvidence } from './source-evidence.ts';
import { namePlatform, type SourcePlatform } from './source-platforms.ts';

/** What became of the SBOMs that are to be scanned. */
export interface SbomResult {
  readonly sboms: ReadonlyMap<Digest, AttestedSbom>;
  readonly refusals: readonly Refusal[];
  readonly relied: readonly ReliedEvidence[];
  readonly evidence: readonly string[];
}

/** Finds the SBOM of every image: on its own manifest, or on the root where that stands for this one platform alone. One that is missing is refused where the scan is enforced; what is no image is for the scan to judge. */
export async function findSboms(context: EvidenceContext): Promise<SbomResult> {
  const { request, digest: root } = context;
  const lists = listSbomTrust(request, context.now);
  const platforms = (await context.platforms.list()).filter(({ isImage }) => isImage);
  const sboms = new Map<Digest, AttestedSbom>();
  const refusals: Refusal[] = [];
  const relied: ReliedEvidence[] = [];
  for (const platform of platforms) {
    const places = platforms.length === 1 ? [...new Set([platform.digest, root])] : [platform.digest];
    const { found, others } = await findNewest(places, lists, context);
    if (found === undefined) {
      if (request.policy.scan.mode === 'enforce') refusals.push(tellMissing(platform, lists, others, request));
      continue;
    }
    const { type, signer, document } = found;
    sboms.set(platform.digest, { bytes: document, type, signer });
    relied.push(relyOnAttestation(type, found));
  }
  const by = new Set(relied.map(({ type, signer }) => `SBOM (${type}) by ${quoteForeign(signer)}`));
  return { sboms, refusals, relied, evidence: refusals.length === 0 ? [...by] : [] };
}

/** Each policy that names such signers must be satisfied; the inputs' own signer counts where none does, and adds nothing to theirs. */
function listSbomTrust(request: PromoteRequest, now: Date): readonly TrustList[] {
  const { policy, source, keys, sourceAnchor } = request;
  const all = SBOM_ROLES.flatMap((role) => selectTrust(policy, role, source.repository, now, keys));
  const lists = [...Map.groupBy(all, ({ policy: name }) => name)].map(
    ([name, parts]): TrustList => ({
      policy: name,
      anchors: parts.flatMap(({ anchors }) => anchors),
      lapsed: parts.flatMap(({ lapsed }) => lapsed),
    }),
  );
  return lists.length > 0 || sourceAnchor === undefined ? lists : [trustInput(sourceAnchor)];
}

/** The document that every list has verified: the one that was approved, else the newest. */
async function findNewest(
  places: readonly Digest[],
  lists: readonly TrustList[],
  { reader, request }: EvidenceContext,
): Promise<{ readonly found: FoundSbom | undefined; readonly others: readonly string[] }> {
  const others: string[] = [];
  const verified: Map<Digest, FoundSbom>[] = [];
  for (const trust of lists) {
    const documents = new Map<Digest, FoundSbom>();
    for (const digest of places) {
      for (const type of SBOM_TYPES) {
        const evidence = await reader.findAttestations(digest, type, trust.anchors);
        others.push(...evidence.others);
        for (const attestation of evidence.verified) {
          const sbom = toSbom(attestation, type);
          documents.set(digestOf(sbom.document), sbom);
        }
      }
    }
    verified.push(documents);
  }
  const [first, ...rest] = verified;
  const common = [...(first ?? [])].flatMap(([digest, sbom]) => (rest.every((list) => list.has(digest)) ? [sbom] : []));
  const approved = common.find((sbom) => wasApproved(request, relyOnAttestation(sbom.type, sbom)));
  return { found: approved ?? common.toSorted((a, b) => b.time - a.time)[0], others };
}

function tellMissing(
  platform: SourcePlatform,
  lists: readonly TrustList[],
  others: readonly string[],
  { source, policy }: PromoteRequest,
): Refusal {
  const name = formatReference(pinReference(source, platform.digest));
  const where = platform.names.length === 0 ? name : `${name} (${namePlatform(platform)})`;
  const trusted = [...new Set(lists.flatMap(({ anchors }) => anchors.map((anchor) => anchor.name)))];
  const message = [
    `${where} has no attested SBOM that could be scanned: scan.from is sbom, and none of type ${SBOM_TYPES.slice(0, 2).join(' or ')} verifies${trusted.length === 0 ? '' : ` by ${trusted.join(' or ')}`}.`,
    ...new Set(lists.flatMap(({ lapsed }) => lapsed)),
    ...(others.length === 0 ? [] : [`Found instead: ${listForeign(others)}.`]),
  ].join(' ');
  const policies = policy.stated['scan.from'] ?? [];
  return {
    code: 'ATTESTATION_MISSING',
    message,
    hint: 'Attest an SBOM of this very digest (of every platform of an index), signed as one of them, or set scan.from: image.',
    ...(platform.names.length === 0 ? {} : { platform: namePlatform(platform) }),
    ...(policies.length === 0 ? {} : { policies }),
  };
}
