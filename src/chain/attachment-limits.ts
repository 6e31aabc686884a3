/** How many attachments of one digest are looked at. */
export const MAX_ATTACHMENTS = 1_000;

/** How large one may be, in bytes: an SBOM of a large image has some ten MiB. */
export const MAX_ATTACHMENT_BYTES = 32 * 1024 * 1024;

/** How many bytes of attachments of one digest are held at once, the smallest first: signatures are small, so none is crowded out. */
export const MAX_ATTACHED_BYTES = 128 * 1024 * 1024;
