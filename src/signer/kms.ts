/** What the client of each KMS reads from the environment: names, or beginnings of them (`NAME_*`); https://docs.sigstore.dev/cosign/key_management/overview/ */
const KMS_VARIABLES: Readonly<Record<string, readonly string[]>> = {
  awskms: ['AWS_*'],
  gcpkms: ['GOOGLE_*', 'CLOUDSDK_*', 'GCE_METADATA_*'],
  azurekms: ['AZURE_*', 'IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'MSI_ENDPOINT', 'MSI_SECRET', 'IMDS_ENDPOINT'],
  hashivault: ['VAULT_*', 'BAO_*', 'TRANSIT_SECRET_ENGINE_PATH'],
  k8s: ['KUBECONFIG', 'KUBERNETES_SERVICE_HOST', 'KUBERNETES_SERVICE_PORT'],
};

/** True for a key URI of a KMS that cosign knows. */
export function isKmsUri(text: string): boolean {
  return schemeOf(text) !== undefined;
}

/** The URI schemes of the KMSs that cosign knows, such as `awskms`. */
export function listKmsSchemes(): readonly string[] {
  return Object.keys(KMS_VARIABLES);
}

/** Picks from an environment what the KMS of this key URI needs, and nothing else; nothing at all for what is no KMS URI. The home directory is not passed on: a login kept there must be named by a variable. */
export function selectKmsEnv(
  uri: string,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const wanted = KMS_VARIABLES[schemeOf(uri) ?? ''] ?? [];
  const isWanted = (name: string): boolean =>
    wanted.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern));
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value !== undefined && isWanted(name) ? [[name, value]] : [])),
  );
}

function schemeOf(text: string): string | undefined {
  return listKmsSchemes().find((scheme) => text.startsWith(`${scheme}://`) && text.length > scheme.length + 3);
}
