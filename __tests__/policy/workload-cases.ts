/** 64 hex digits. */
const HEX = '4f'.repeat(32);
/** A digest as a reference has it. */
export const D = `@sha256:${HEX}`;

/** References, and every rule that each breaks in production; what is empty passes. */
export const WORKLOAD_CASES: readonly (readonly [reference: string, ...rules: readonly string[]])[] = [
  [`ghcr.io/org/app:1.2.3${D}`],
  [`registry.bank.internal/petclinic${D}`],
  ['registry.bank.internal/petclinic:1.4.2', 'no-digest'],
  ['registry.bank.internal/petclinic:latest', 'no-digest', 'floating-tag'],
  [`registry.bank.internal/petclinic:latest${D}`, 'floating-tag'],
  ['registry.bank.internal/petclinic:1.4', 'no-digest', 'floating-tag'],
  ['registry.bank.internal/petclinic:1.4.2-alpine', 'no-digest'],
  ['registry.bank.internal/petclinic:v1.4.2+b7', 'invalid-reference'],
  ['registry.bank.internal/petclinic:stable', 'no-digest', 'floating-tag'],
  ['registry.bank.internal/petclinic:main', 'no-digest', 'floating-tag'],
  ['registry.bank.internal/petclinic:master', 'no-digest', 'floating-tag'],
  ['registry.bank.internal/petclinic:Latest', 'no-digest', 'floating-tag'],
  ['registry.bank.internal/petclinic:1.x', 'no-digest', 'floating-tag'],
  ['registry.bank.internal/petclinic:1.*', 'invalid-reference'],
  ['registry.bank.internal/petclinic:^1.2.0', 'invalid-reference'],
  ['registry.bank.internal/petclinic:>=1.2', 'invalid-reference'],
  ['registry.bank.internal/petclinic:9f2c1ab', 'no-digest'],
  ['registry.bank.internal/petclinic:prod-9f2c1ab', 'no-digest'],
  ['registry.bank.internal/petclinic', 'no-digest', 'no-tag'],
  [`petclinic:1.4.2${D}`, 'implicit-registry', 'registry-not-allowed'],
  [`library/nginx:1.25.3${D}`, 'implicit-registry', 'registry-not-allowed'],
  [`docker.io/library/nginx:1.21${D}`, 'registry-not-allowed', 'floating-tag'],
  [`quay.io/redhat-openshift-approved/fluent-bit:2.1.0${D}`],
  [`quay.io/redhat-openshift-approved-evil/x:1.0.0${D}`, 'registry-not-allowed'],
  [`registry.bank.internal.evil.example/x:1.0.0${D}`, 'registry-not-allowed'],
  [`evil.example/registry.bank.internal/x:1.0.0${D}`, 'registry-not-allowed'],
  [`registry.bank.internal:5000/x:1.0.0${D}`, 'registry-not-allowed'],
  [`localhost/x:1.0.0${D}`, 'registry-not-allowed'],
  [`localhost:5000/x:1.0.0${D}`, 'registry-not-allowed'],
  ['registry.bank.internal/x:1.0.0@sha256:abc123', 'invalid-reference'],
  ['registry.bank.internal/x:1.0.0@md5:d41d8cd98f00b204e9800998ecf8427e', 'invalid-reference'],
  [`registry.bank.internal/x:1.0.0@sha256:${HEX.toUpperCase()}`, 'invalid-reference'],
  [`registry.bank.internal/x@sha256:${HEX.slice(1)}`, 'invalid-reference'],
  [`registry.bank.internal/X:1.0.0${D}`, 'invalid-reference'],
  [`registry.bank.internal/team/app:1.0.0${D}`],
];

/** What holds in production, and not outside of it. */
export const BANK_POLICY = `images: { allow: [registry.bank.internal/*, quay.io/redhat-openshift-approved/*, ghcr.io/org/*], requireDigest: false }
environments: { production: { images: { requireDigest: true } }, test: {} }`;
