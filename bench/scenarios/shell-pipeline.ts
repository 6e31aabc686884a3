/** The steps that people write today, one after the other: look, scan, copy, sign, attest. Each tool with its best flags. */
export const SCAN_PIPELINE = `set -eu
digest=$(crane digest --insecure "$SOURCE")
if crane digest --insecure "$TARGET" >/dev/null 2>&1; then echo "$TARGET exists"; exit 1; fi
trivy image --quiet --scanners vuln --severity CRITICAL --exit-code 3 --format cosign-vuln --output "$HOME/vuln.json" \\
  --image-src remote --parallel 8 --db-repository "$DATABASE" --skip-java-db-update --offline-scan \\
  --skip-version-check --disable-telemetry "\${SOURCE%:*}@$digest"
crane cp --insecure -j 8 "\${SOURCE%:*}@$digest" "$TARGET"
cosign sign --yes --key cosign.key --signing-config services.json --trusted-root root.json "\${TARGET%:*}@$digest"
cosign attest --yes --key cosign.key --signing-config services.json --trusted-root root.json \\
  --type vuln --predicate "$HOME/vuln.json" "\${TARGET%:*}@$digest"
`;

/** The same where the SBOM is attested already: verified, taken out, scanned. */
export const SBOM_PIPELINE = SCAN_PIPELINE.replace(
  /trivy image [\s\S]*?\$digest"\n/,
  () => `cosign verify-attestation --key scan.pub --type cyclonedx --insecure-ignore-tlog "\${SOURCE%:*}@$digest" |
  jq -r .payload | base64 -d | jq .predicate > "$HOME/sbom.json"
test -s "$HOME/sbom.json"
trivy sbom --quiet --scanners vuln --severity CRITICAL --exit-code 3 --format cosign-vuln --output "$HOME/vuln.json" \\
  --db-repository "$DATABASE" --skip-java-db-update --offline-scan \\
  --skip-version-check --disable-telemetry "$HOME/sbom.json"
`,
);
