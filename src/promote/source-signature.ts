import type { EvidenceReader } from '../chain/evidence-reader.ts';
import type { Digest } from '../image/digest.ts';
import { isListed } from '../policy/listed-anchor.ts';
import { quoteForeign } from '../policy/quote.ts';
import type { Refusal } from '../policy/refusal.ts';
import { judgeSourceSignature } from '../policy/source-signature-rule.ts';
import { selectTrust, type TrustList, trustInput } from '../policy/trust.ts';
import { relyOnSignature, wasApproved } from './relied-evidence.ts';
import type { PromoteRequest } from './request.ts';
import type { ReliedEvidence } from './source-evidence.ts';

/** What became of the demand for a signature; `evidence` are phrases such as "signed by keys/dev.pub". */
export interface SignatureResult {
  readonly refusals: readonly Refusal[];
  readonly relied: readonly ReliedEvidence[];
  readonly evidence: readonly string[];
}

/** Everyone who demands a signature of the source: each policy that names signers of that role, and the inputs. Each of them must be satisfied. */
export function listSignatureTrust(request: PromoteRequest, now: Date): readonly TrustList[] {
  const { policy, source, keys, sourceAnchor } = request;
  const lists = selectTrust(policy, 'source', source.repository, now, keys);
  return sourceAnchor === undefined ? lists : [...lists, trustInput(sourceAnchor)];
}

/** Holds the signatures of the root against every list. A signature of a platform alone is none of the index: what is promoted is the index. */
export async function checkSignature(
  request: PromoteRequest,
  digest: Digest,
  lists: readonly TrustList[],
  reader: EvidenceReader,
): Promise<SignatureResult> {
  const refusals: Refusal[] = [];
  const relied: ReliedEvidence[] = [];
  const evidence: string[] = [];
  for (const trust of lists) {
    const { verified, others } = await reader.findSignatures(digest, trust.anchors);
    const refusal = judgeSourceSignature({ source: request.source, digest, trust, verified, others });
    if (refusal !== undefined) {
      refusals.push(refusal);
      continue;
    }
    const listed = verified.filter(({ anchor }) => isListed(trust, anchor));
    const found = listed.find((each) => wasApproved(request, relyOnSignature(each))) ?? listed[0];
    if (found === undefined) throw new TypeError('a signature was accepted, and none is of the list');
    relied.push(relyOnSignature(found));
    evidence.push(`signed by ${quoteForeign(found.signer)}, whom ${trust.policy} ${nameTrust(trust)}`);
  }
  return { refusals, relied, evidence };
}

function nameTrust({ policy, anchors }: TrustList): string {
  const verb = policy.startsWith('the ') ? 'name' : 'names';
  return anchors.length > 1 ? `${verb} with ${anchors.length - 1} more` : verb;
}
