import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../../src/base/error.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseReference } from '../../src/image/reference.ts';
import { RegistryError } from '../../src/registry/error.ts';
import { SCAN_OUTPUTS } from '../../src/scan/inputs.ts';
import { scanJsonOutputsSchema } from '../../src/scan/json-outputs.ts';
import { joinResults, redactScanOutcome } from '../../src/scan/outcome.ts';
import { NO_SCAN_OUTPUTS, toScanAnnotations, toScanExitCode, toScanOutputs } from '../../src/scan/outputs.ts';
import { DIGEST, sampleFinding, samplePlatform, sampleScan } from '../promote/sample-outcome.ts';
import { sampleImage, sampleScanOutcome } from './sample-scan.ts';

const BAD = sampleScan([samplePlatform('linux/amd64', [sampleFinding(1), sampleFinding(2, 'LOW')])]);

function readJson(outputs: Readonly<Record<string, string>>): unknown {
  const { vulnerabilities = '', attestations = '' } = outputs;
  return scanJsonOutputsSchema.parse({
    vulnerabilities: JSON.parse(vulnerabilities),
    attestations: JSON.parse(attestations),
  });
}

describe('the outputs of a scan', () => {
  it('are all there, and JSON where they should be, also when the run ended before there was an outcome', () => {
    expect(Object.keys(NO_SCAN_OUTPUTS)).toEqual(Object.keys(SCAN_OUTPUTS));
    expect(readJson(NO_SCAN_OUTPUTS)).toEqual({ vulnerabilities: {}, attestations: [] });
  });

  it('count the findings of all images, and name what each carries now', () => {
    const manifest = digestOf('referrer');
    const images = [
      sampleImage({ scan: BAD, attestation: { result: 'attached', manifest } }),
      sampleImage({ scan: BAD, attestation: { result: 'unchanged', manifest: undefined } }),
      sampleImage({ scan: undefined, result: 'failed' }),
    ];
    const outputs = toScanOutputs(sampleScanOutcome(images));
    const common = { image: 'qa.test/app:1', digest: DIGEST, predicateType: expect.stringContaining('vuln/v1') };
    expect(readJson(outputs)).toEqual({
      vulnerabilities: { CRITICAL: 2, HIGH: 0, MEDIUM: 0, LOW: 2, UNKNOWN: 0 },
      attestations: [
        { ...common, result: 'attached', manifest },
        { ...common, result: 'unchanged' },
      ],
    });
    expect(outputs['scan-report'].split('\n')).toHaveLength(2);
    expect(outputs.sarif).toBe('/r/scan.sarif');
  });
});

describe('the end of a scan', () => {
  it.each([
    [['clean', 'clean'], 'clean'],
    [['clean', 'refused'], 'refused'],
    [['failed', 'refused', 'clean'], 'failed'],
    [[], 'failed'],
  ] as const)('of %j is %s', (results, result) => {
    expect(joinResults(results.map((each) => ({ result: each })))).toBe(result);
  });

  it.each([
    ['clean', undefined, 0],
    ['refused', undefined, 3],
    ['failed', undefined, 1],
    ['failed', new UsageError([]), 2],
  ] as const)('%s, by the error %s, has the exit code %i', (result, error, code) => {
    expect(toScanExitCode(sampleScanOutcome([], { result, error }))).toBe(code);
  });

  it('is told for each image: what refuses, and what could not be decided', () => {
    const refusal = { code: 'VULNERABLE', message: '1 finding blocks.', hint: 'Rebuild.' } as const;
    const error = new RegistryError('DENIED', 'no', { hint: 'Log in.' });
    const other = parseReference('qa.test/other:1');
    const images = [
      sampleImage({ result: 'refused', refusals: [refusal] }),
      sampleImage({ image: other, result: 'failed', error }),
      sampleImage(),
    ];
    expect(toScanAnnotations(sampleScanOutcome(images))).toEqual([
      { title: 'VULNERABLE', message: 'qa.test/app:1: 1 finding blocks.', hint: 'Rebuild.' },
      { title: 'DENIED', message: 'qa.test/other:1: no', hint: 'Log in.' },
    ]);
  });

  it('has no secret in its texts', () => {
    const text = 'told hunter2';
    const image = sampleImage({
      ...{ result: 'failed', notes: [text], error: new RegistryError('DENIED', text, { hint: text }) },
      gates: [{ name: 'Vulnerability scan', verdict: 'passed', evidence: text }],
      refusals: [{ code: 'VULNERABLE', message: text, hint: text }],
    });
    const outcome = sampleScanOutcome([image], { error: new Error(text) });
    const redacted = redactScanOutcome(outcome, (each) => each.replaceAll('hunter2', '***'));
    const { error, ...rest } = redacted.images[0] ?? image;
    const told = [String(error), (error as RegistryError).hint, String(redacted.error), JSON.stringify(rest)].join(' ');
    expect(told).not.toContain('hunter2');
    expect(told.match(/\*\*\*/g)).toHaveLength(7);
  });
});
