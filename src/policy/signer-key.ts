/** True for the URI of a key in a KMS that cosign knows; any other key of a policy is a file. */
export function isKmsUri(text: string): boolean {
  return /^(?:awskms|gcpkms|azurekms|hashivault|k8s):\/\/[\x21-\x7e]+$/.test(text);
}
