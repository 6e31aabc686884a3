import type { Problem } from '../base/error.ts';
import type { Severity } from '../image/finding.ts';
import type { Exception } from './exceptions.ts';
import type { ImageException } from './image-exceptions.ts';
import type { Signer, StatedAttestation } from './schema.ts';
import type { StatedKeys } from './stated.ts';

/** A policy and what is wrong with it; with any problem, the policy is only good for finding more of them. */
export interface JudgedPolicy {
  readonly policy: EffectivePolicy;
  readonly problems: readonly Problem[];
}

export type ScanMode = 'enforce' | 'report' | 'off';

/** Before or after what is read of the image was judged. */
export type UploadTime = 'after-gates' | 'during-gates';

/** The allow-list of one policy; a name must match every list there is. */
export interface AllowList {
  readonly policy: string;
  readonly patterns: readonly string[];
  /** The environment whose `targets` this is; absent for a list that holds everywhere. */
  readonly environment?: string;
}

/** The targets that an environment of a policy, chosen or not, claims as its own. */
export interface EnvironmentClaim {
  readonly policy: string;
  readonly environment: string;
  readonly patterns: readonly string[];
}

/** A platform that may be promoted although its scan is incomplete. */
export interface IncompleteAllowance {
  /** A pattern for the source repository. */
  readonly image: string;
  /** `os/architecture[/variant]`; holds for every `os.version` of it. */
  readonly platform: string;
  readonly reason: string;
  /** YYYY-MM-DD, the last day (UTC) on which it holds. */
  readonly expires: string;
  /** The policies that state it. */
  readonly source: string;
}

export interface EffectiveScan {
  readonly mode: ScanMode;
  /** What gates, worst first. */
  readonly severity: readonly Severity[];
  readonly ignoreUnfixed: boolean;
  readonly ignore: readonly Exception[];
  /** OpenVEX files, as the policy names them. */
  readonly vex: readonly string[];
  readonly allowIncomplete: readonly IncompleteAllowance[];
  /** Mirrors of the vulnerability database, tried in this order. */
  readonly databases: readonly string[];
  /** Mirrors of the Java database, tried in this order. */
  readonly javaDatabases: readonly string[];
  /** Milliseconds. */
  readonly maxDatabaseAge: number;
  /** What is scanned: the image, or its attested SBOM. */
  readonly from: 'image' | 'sbom';
}

/** In which forms the target is signed. */
export type SignatureFormat = 'bundle' | 'legacy' | 'both';

/** A signer that knows whether its signature must be in the transparency log. */
export interface EffectiveSigner extends Signer {
  readonly transparencyLog: boolean;
}

/** The signers that one policy names. */
export interface SignerList {
  readonly policy: string;
  readonly signers: readonly EffectiveSigner[];
}

/** An attestation that one policy requires of the source. */
export interface AttestationRequirement extends StatedAttestation {
  readonly policy: string;
}

export interface EffectiveSignature {
  readonly format: SignatureFormat;
  readonly transparencyLog: boolean;
  /** A file, as the policy or the input names it. */
  readonly signingConfig?: string;
  /** A file, as the policy or the input names it. */
  readonly trustedRoot?: string;
}

/** What an image of a workload file must have at its registry: nothing, a manifest, a signature, the record of a promotion. */
export type ImageVerification = 'off' | 'exists' | 'signed' | 'promoted';

/** What workload files may name. */
export interface EffectiveImages {
  readonly allow: readonly AllowList[];
  readonly requireDigest: boolean;
  readonly forbidTags: readonly string[];
  readonly exceptions: readonly ImageException[];
  readonly verify: ImageVerification;
  readonly scan: ScanMode;
}

/** What must hold after every policy, the environment and the defaults were put together; nothing in it is optional. */
export interface EffectivePolicy {
  /** The names of the policies it was made of; empty when there is none. */
  readonly policies: readonly string[];
  readonly environment: string | undefined;
  /** No list at all: any source. */
  readonly sources: { readonly allow: readonly AllowList[] };
  readonly targets: {
    readonly allow: readonly AllowList[];
    readonly forbidTags: readonly string[];
    readonly channels: readonly string[];
    readonly claims: readonly EnvironmentClaim[];
  };
  /** For workload files. */
  readonly images: EffectiveImages;
  readonly scan: EffectiveScan;
  /** A list per policy; each must be satisfied. */
  readonly signers: readonly SignerList[];
  /** Each must be satisfied, also where two policies ask for the same. */
  readonly attestations: readonly AttestationRequirement[];
  /** For each predicate type, the least age in milliseconds that any of the policies allows, in whichever environment: what this stage leaves behind must do for the next one. */
  readonly maxAges: ReadonlyMap<string, number>;
  readonly signature: EffectiveSignature;
  /** When bytes may go to the target; `during-gates`: blobs only, which nothing refers to. */
  readonly upload: UploadTime;
  readonly registries: {
    /** `host[:port]` that may be spoken to over plain HTTP or with a certificate nobody vouches for. */
    readonly insecure: readonly string[];
    /** Files with certificate authorities, as the policy names them. */
    readonly ca: readonly string[];
  };
  /** For each key that a policy states, such as `scan.severity`, the names of the policies that state it. */
  readonly stated: StatedKeys;
}
