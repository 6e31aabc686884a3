import type { Statement } from '../chain/statement.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import { readBundleIdentity, toExactAnchor } from '../signer/bundle-identity.ts';
import type { Signer } from './signer.ts';

/** Signs each statement once, and knows under whose name a stranger will verify it. */
export class Notary {
  readonly #signer: Signer;
  readonly #transparencyLog: boolean;
  readonly #made = new Map<Statement, Promise<Uint8Array>>();
  #anchor: TrustAnchor | undefined;

  /** `known` is what an earlier bundle of this run was signed by. */
  constructor(signer: Signer, transparencyLog: boolean, known: TrustAnchor | undefined) {
    this.#signer = signer;
    this.#transparencyLog = transparencyLog;
    this.#anchor = known ?? signer.signer.expectedAnchor;
  }

  /** Of a key at once; of a keyless signer what its token claims until a certificate says it, and undefined when the token does not tell. */
  get anchor(): TrustAnchor | undefined {
    return this.#anchor;
  }

  /** The bundle of a statement, which is asked for only once. */
  sign(statement: Statement): Promise<Uint8Array> {
    const known = this.#made.get(statement);
    if (known !== undefined) return known;
    const made = this.#make(statement);
    this.#made.set(statement, made);
    made.catch(() => this.#made.delete(statement));
    return made;
  }

  async #make(statement: Statement): Promise<Uint8Array> {
    const bundle = await this.#signer.signer.signStatement(statement);
    if (this.#signer.signer.publicKey === undefined) {
      this.#anchor = toExactAnchor(await readBundleIdentity(bundle), undefined, this.#transparencyLog);
    }
    return bundle;
  }

  /** The signature of a payload in the older form, in base64. */
  signPayload(payload: Uint8Array): Promise<string> {
    return this.#signer.signer.signPayload(payload);
  }
}
