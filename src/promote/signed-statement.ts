/** A statement inside its signature, which is not looked at here. */
export interface SignedStatement {
  /** As it was signed, in base64: the same for a bundle and a bare envelope of one signature. */
  readonly payload: string;
  readonly predicateType: string | undefined;
}

/** The statement in a Sigstore bundle, or in the bare DSSE envelope of a `.att` tag; undefined for what is neither. */
export function readSignedStatement(bytes: Uint8Array): SignedStatement | undefined {
  const json = parse(new TextDecoder().decode(bytes)) as {
    readonly payload?: unknown;
    readonly dsseEnvelope?: { readonly payload?: unknown } | null;
  } | null;
  const payload = json?.dsseEnvelope?.payload ?? json?.payload;
  if (typeof payload !== 'string') return undefined;
  const statement = parse(Buffer.from(payload, 'base64').toString('utf8')) as {
    readonly predicateType?: unknown;
  } | null;
  const predicateType = statement?.predicateType;
  return { payload, predicateType: typeof predicateType === 'string' ? predicateType : undefined };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
