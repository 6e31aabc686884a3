// What a promotion loads only when it needs it. To load it in the middle of a row takes longer than a row waits for an answer.
import '@sigstore/core';
import 'tar';
import '../../src/chain/attached-statement-schema.ts';
import '../../src/chain/evidence-reader.ts';
import '../../src/chain/record-schema.ts';
import '../../src/chain/target-statement.ts';
import '../../src/chain/verify-target.ts';
import '../../src/policy/parse.ts';
import '../../src/promote/evidence.ts';
import '../../src/promote/report.ts';
import '../../src/scanner/report.ts';
import '../../src/scanner/scan-sbom.ts';
import '../../src/scanner/scan.ts';
import '../../src/scanner/trivy.ts';
import '../../src/steps/cosign.ts';
import '../../src/steps/scan-gates.ts';
import '../../src/steps/signer.ts';
