/** The platform an index says a child is for; https://github.com/opencontainers/image-spec/blob/main/image-index.md */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly osVersion?: string;
}

/** `os/architecture[/variant][:os.version]`, as Docker, crane and Trivy write it. */
export function formatPlatform(platform: Platform): string {
  const variant = platform.variant === undefined ? '' : `/${platform.variant}`;
  const version = platform.osVersion === undefined ? '' : `:${platform.osVersion}`;
  return `${platform.os}/${platform.architecture}${variant}${version}`;
}
