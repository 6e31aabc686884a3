import { describe, expect, it } from '@jest/globals';
import { renderMarkdown } from '../../lab/page/markdown.ts';
import { DomainError } from '../../src/base/error.ts';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseReference } from '../../src/image/reference.ts';
import { renderSummary } from '../../src/promote/report.ts';
import {
  DIGEST,
  parseTarget,
  passed,
  sampleFinding,
  sampleOutcome,
  samplePlatform,
  sampleScan,
  vulnerable,
} from './sample-outcome.ts';

const TARGET = 'prod.example/shop/web:1.4.0';

/** The lines above the picture: what is read first. */
function head(summary: string): string {
  return summary.slice(0, summary.indexOf('```mermaid'));
}

describe('the summary of a promotion', () => {
  it('begins with the verdict and gives the reference to deploy in a block that can be copied', () => {
    const summary = renderSummary(sampleOutcome());
    expect(summary).toMatch(/^## Promoted: shop\/web:1\.4\.0\n/);
    expect(head(summary)).toContain('Every gate passed.');
    expect(head(summary)).toContain(`\`\`\`\n${TARGET}@${DIGEST}\n\`\`\``);
  });

  it('names the environment, and a source without a tag by the start of its digest', () => {
    const source = parseReference(`staging.example/shop/web@${DIGEST}`);
    const summary = renderSummary(sampleOutcome({ source, environment: 'production' }));
    expect(summary.split('\n')[0]).toContain('production');
    expect(summary.split('\n')[0]).toContain(DIGEST.slice('sha256:'.length, 19));
    expect(summary.split('\n')[0]).not.toContain(DIGEST.slice('sha256:'.length));
  });

  it('draws every gate and lists what each verdict rests on', () => {
    const summary = renderSummary(sampleOutcome());
    expect(summary).toMatch(/gate3\["Vulnerability scan<br>✓ passed"\]/);
    expect(summary).toMatch(/\| Target tag +\| ✓&nbsp;passed +\| Target tag holds/);
  });

  it('does not say that every gate passed when one was off', () => {
    const gates = [
      passed('Allowed tags'),
      { name: 'Vulnerability scan', verdict: 'off', evidence: 'scan: off' } as const,
    ];
    const summary = renderSummary(sampleOutcome({ gates, scan: undefined }));
    expect(head(summary)).toContain('Vulnerability scan was off, every other gate passed.');
    expect(summary).not.toContain('### Vulnerabilities');
  });

  it('lists all targets of several in the block to copy', () => {
    const names = ['prod.example/shop/web:1.4.0', 'prod.example/shop/web:1.4', 'dr.example/shop/web:1.4.0'];
    const targets = names.map((name) => ({ target: parseTarget(name), result: 'promoted' as const }));
    const summary = renderSummary(sampleOutcome({ targets }));
    expect(head(summary)).toContain(names.map((name) => `${name}@${DIGEST}`).join('\n'));
  });

  it('says of an unchanged target that its tag was not written again', () => {
    const summary = renderSummary(sampleOutcome({ result: 'unchanged' }));
    expect(summary).toMatch(/^## Already promoted: /);
    expect(head(summary)).toContain('was not written again');
  });

  it('says of a dry run that nothing was written, and how to go on', () => {
    const summary = renderSummary(sampleOutcome({ result: 'planned', targetTouched: false }));
    expect(summary).toMatch(/^## Plan, waiting for approval: /);
    expect(head(summary)).toContain('the job that applies it must be given `plan` and `plan-digest`');
    expect(summary).not.toContain('cosign verify');
  });

  it('tells who approves a plan its digest, what a channel leaves behind, and whose word there is for the image', () => {
    const [digest, old] = [digestOf('the plan'), digestOf('the old image')];
    const target = parseTarget('prod.example/shop/web:prod');
    const plan = { path: '/r/plan.json', digest, moves: { 'prod.example/shop/web:prod': old } };
    const origin = {
      revision: { commit: 'c'.repeat(40), from: 'record' as const },
      former: [
        {
          ...{ signer: 'keys/qa.pub', environment: 'qa', actor: 'alice', run: 'https://ci.test/runs/7' },
          finishedAt: new Date('2026-11-21T10:01:00Z'),
        },
      ],
    };
    const remarks = ['The signing key was not tried.'];
    const targets = [{ target, result: 'planned' as const }];
    const summary = renderSummary(sampleOutcome({ result: 'planned', plan, origin, remarks, targets }));
    expect(summary).toMatch(/^## Plan, waiting for approval: /);
    expect(head(summary)).toContain(`- Plan \`${digest}\`\n- Commit \`${'c'.repeat(40)}\`, by the verified record`);
    expect(head(summary)).toContain(`prod.example/shop/web:prod: ${old} -> ${DIGEST}`);
    expect(head(summary)).toContain(
      '- Passed qa on 2026-11-21 10:01 UTC by alice in run `https://ci.test/runs/7`; the record is signed by keys/qa.pub',
    );
    expect(head(summary)).toContain('- The signing key was not tried.');
    expect(summary).not.toContain('WARNING');
  });

  it('puts what was reported and not enforced right below the verdict', () => {
    const scan = sampleScan([samplePlatform('linux/amd64', [sampleFinding(1)])]);
    const gates = [{ name: 'Vulnerability scan', verdict: 'reported', evidence: '1 finding blocks' } as const];
    const notes = ['VULNERABLE was reported, not enforced: 1 finding blocks'];
    const summary = renderSummary(sampleOutcome({ scan, gates, notes }));
    expect(summary).toMatch(/^## Promoted, with a warning: /);
    expect(head(summary)).toMatch(/> \[!WARNING\]\n> - VULNERABLE was reported, not enforced/);
    expect(head(summary)).not.toContain('Every gate passed');
    expect(summary).toContain('1 finding that would refuse');
  });
});

describe('the summary of a refusal', () => {
  const scan = sampleScan([
    samplePlatform('linux/amd64'),
    samplePlatform('linux/arm64', [sampleFinding(1), sampleFinding(2, 'HIGH', { fixedVersion: '' })]),
  ]);
  const refused = sampleOutcome({ result: 'refused', refusals: [vulnerable(scan)], scan, targetTouched: false });

  it('says why, what to do next, and that nothing was written', () => {
    const top = head(renderSummary(refused));
    expect(top).toMatch(/^## Refused: /);
    expect(top).toContain('> - `VULNERABLE` 2 findings block.');
    expect(top).toContain('> **Next:** Rebuild the image with the fixed versions.');
    expect(top).toContain('> Nothing was written to the target.');
  });

  it('says the same advice once', () => {
    const refusals = [1, 2, 3].map((n) => ({
      code: 'TAG_EXISTS' as const,
      message: `tag ${n}`,
      hint: 'Choose a new tag.',
    }));
    expect(renderSummary({ ...refused, refusals }).match(/\*\*Next:\*\*/g)).toHaveLength(1);
  });

  it('counts by platform, only severities that occur, and lists what refuses with the fix', () => {
    const summary = renderSummary(refused);
    expect(summary).toMatch(/\| Platform +\| Critical \| High \|\n/);
    expect(summary).toMatch(/\| `linux\/arm64` \| +1 \| +1 \|/);
    expect(summary).toMatch(
      /\[CVE-2026-0001\]\(<https:\/\/nvd\.nist\.gov\/vuln\/detail\/CVE-2026-0001>\) +\| Critical +\| lib1 1\.0\.0-1 \| 1\.0\.1-1/,
    );
    expect(summary).toMatch(/CVE-2026-0002.*\| High +\| lib2 1\.0\.0-1 \| no fix yet \| `linux\/arm64`/);
  });

  it('does not show how to verify what is not there', () => {
    expect(renderSummary(refused)).not.toContain('cosign verify');
  });

  it('keeps 300 findings on 6 platforms readable: folded, 200 rows, and where the rest is', () => {
    const names = ['amd64', 'arm64', 'arm/v7', '386', 'ppc64le', 's390x'].map((name) => `linux/${name}`);
    const findings = Array.from({ length: 300 }, (_, i) => sampleFinding(i + 1, i % 3 === 0 ? 'CRITICAL' : 'HIGH'));
    const many = sampleScan(names.map((name) => samplePlatform(name, findings)));
    const summary = renderSummary({ ...refused, scan: many, refusals: [vulnerable(many)] });
    expect(summary).toContain('<details>\n<summary>300 findings that refuse</summary>');
    expect(summary.match(/^\| \[CVE-/gm)).toHaveLength(200);
    expect(summary).toContain('… and 100 more');
    expect(summary).toContain('`scan-report`');
    expect(summary).toMatch(/\| `linux\/s390x` +\| +100 \| +200 \|/);
    expect(summary).toMatch(/CVE-2026-0001.*\| all +\|/);
    expect(Buffer.byteLength(summary)).toBeLessThan(64 * 1024);
  });

  it('says of a platform that could not be judged why', () => {
    const gap = {
      complete: false,
      platform: 'linux/s390x',
      digest: DIGEST,
      reason: 'no package was recognised',
      findings: [],
    } as const;
    const summary = renderSummary({ ...refused, scan: sampleScan([samplePlatform('linux/amd64'), gap]) });
    expect(summary).toMatch(/\| `linux\/s390x` \| incomplete: no package was recognised/);
    expect(summary).not.toContain('No findings on');
  });

  it('lists the exceptions that let something pass, and those that ended', () => {
    const verdict = {
      ...scan.verdict,
      usedExceptions: [
        { id: 'CVE-1', packages: [], reason: 'not reachable', expires: '2027-01-31', source: 'policy.yml' },
      ],
      expiredExceptions: [{ id: 'CVE-2', packages: [], expires: '2026-01-31', source: '.trivyignore:3' }],
    };
    const summary = renderSummary({ ...refused, scan: { ...scan, verdict } });
    expect(summary).toContain('CVE-1 accepted until 2027-01-31: not reachable (policy.yml)');
    expect(summary).toMatch(/CVE-2 no longer accepted since 2026-01-31/);
  });
});

describe('the summary of a failure', () => {
  const error = new DomainError('UNAVAILABLE', 'prod.example answered 503 four times', { hint: 'Run it again later.' });

  it('says that nothing could be decided, with the code and the hint, and never that it passed', () => {
    const failed = sampleOutcome({
      result: 'failed',
      error,
      targetTouched: false,
      pinned: undefined,
      gates: [],
      scan: undefined,
    });
    const summary = renderSummary(failed);
    expect(summary).toMatch(/^## Failed: /);
    expect(head(summary)).toContain('could not be decided: prod.example answered 503 four times (`UNAVAILABLE`)');
    expect(head(summary)).toContain('> **Next:** Run it again later.');
    expect(head(summary)).toContain('> Nothing was written to the target.');
    expect(summary).toContain('? could not decide');
    expect(summary).not.toMatch(/✓|Every gate passed/);
  });

  it('says after the copy that content without a tag may be there', () => {
    const summary = renderSummary(sampleOutcome({ result: 'failed', error }));
    expect(head(summary)).toContain('The promotion was not finished');
    expect(head(summary)).toContain('No tag was written. The target may hold content by digest');
  });

  it('names the tags that were written and those that were not', () => {
    const targets = [
      { target: parseTarget('prod.example/shop/web:1'), result: 'promoted' as const },
      { target: parseTarget('dr.example/shop/web:1'), result: 'failed' as const, code: 'UNAVAILABLE' },
    ];
    const summary = renderSummary(sampleOutcome({ result: 'failed', error, targets }));
    expect(head(summary)).toContain('Tagged: `prod.example/shop/web:1`. Not tagged: `dr.example/shop/web:1`.');
    expect(summary).toContain('- Target `dr.example/shop/web:1` failed (`UNAVAILABLE`)');
  });
});

describe('how to verify', () => {
  it('gives a command for the signature and one for the record, and explains why cosign looks for no log entry', () => {
    const summary = renderSummary(sampleOutcome());
    const image = `prod.example/shop/web@${DIGEST}`;
    const flags = '--key cosign.pub --insecure-ignore-tlog=true';
    expect(summary).toContain(`\ncosign verify ${flags} -a target=prod.example/shop/web:1.4.0 ${image}\n`);
    expect(summary).toContain(`--type ${RECORD_PREDICATE} ${image}`);
    expect(summary).toContain('signs without a public transparency log');
  });

  it('leaves the flag out where there is a log entry', () => {
    expect(renderSummary(sampleOutcome({ transparencyLog: true }))).not.toContain('insecure');
  });

  it('offers only what was signed, also when nothing had to be attached anew', () => {
    const signs = { signature: true, record: false, format: 'bundle' } as const;
    const summary = renderSummary(sampleOutcome({ signs, evidence: [], result: 'unchanged' }));
    expect(summary).toContain('cosign verify --key');
    expect(summary).not.toContain('cosign verify-attestation');
  });

  it('is left out when nothing was signed', () => {
    expect(renderSummary(sampleOutcome({ publicKey: undefined }))).not.toContain('Verify it yourself');
  });
});

describe('hostile names', () => {
  const attack =
    '</td></details><img src=x onerror=alert(1)>|`x`\n::error::y\n# heading [click](javascript:alert(1)) @acme/all \u202e';
  const scan = sampleScan([
    {
      ...samplePlatform(`linux/${attack}`, [
        sampleFinding(1, 'CRITICAL', { id: attack, package: attack, installedVersion: attack, fixedVersion: attack }),
      ]),
    },
  ]);
  const hostile = renderSummary(
    sampleOutcome({
      result: 'refused',
      environment: attack,
      scan,
      refusals: [{ code: 'VULNERABLE', message: attack, hint: attack }],
      gates: [{ name: attack, verdict: 'refused', evidence: attack }],
      notes: [attack],
    }),
  );

  it('stay text: no element, link, heading or workflow command comes of them', () => {
    const html = renderMarkdown(hostile);
    expect(html).not.toMatch(/<img|javascript:alert\(1\)"|<h1/);
    expect(hostile).not.toMatch(/^::error/m);
    expect(hostile).not.toContain('\u202e');
    expect(hostile.replace(/<code>.*?<\/code>/g, '')).not.toMatch(/@acme/);
  });

  it('break neither the tables nor the folded part', () => {
    const row = hostile.split('\n').find((line) => line.includes('| Critical |') && !line.includes('Platform'));
    expect(row?.match(/(?<!\\)\|/g)).toHaveLength(6);
    expect(hostile.match(/^<\/details>$/gm)).toHaveLength(1);
  });
});
