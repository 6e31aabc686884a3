import type { Told } from './story.ts';

/** What of the base64 of a former record is shown. */
const SHOWN_CONTENT = 60;

/** Writes docs/chain.md: the policy, the answer of verify as text and as a picture, and the signed record, all from one run. */
export function renderChainPage({ plan, verified, record }: Told, policy: string): string {
  const statement = JSON.parse(record, shorten) as object;
  return `# The chain of a real run

Written by \`npm run demo -- --write-chain\`; do not edit. The demo takes an image from dev through QA to production,
on three registries of its own (hence the addresses), with the real Trivy and cosign. This is what is left at the end, and anyone with the
public keys can read it from the registry again.

## What was asked for

The policy, \`.github/promote-image.yml\`: QA takes what the build signed. Production takes what QA signed, with QA's record of its own
promotion and QA's scan, a week old at most.

${fence('yaml', policy)}

Production was planned first (\`dry-run\`), and the plan with the digest \`${plan.outputs['plan-digest'] ?? ''}\`
was then carried out: the gate *Approved plan* below names it.

## What verify answers

\`node dist/cli.js verify --images REGISTRY/shop/web:1.4.0 --environment production\`, or the action \`verify\`:

${fence('text', readAnswer(verified.log))}

\`before\` is the stage before: QA's record travels inside the one of production and is verified by itself, with QA's key.

## As a picture

What the job summary shows:

${fence('mermaid', readDiagram(verified.summary))}

## The record

The statement that was signed and attached to the image in production, under the type \`https://promote-image.github.io/promotion/v1\`.
\`content\` is the whole signed record of QA; it is cut here.

${fence('json', JSON.stringify(statement, null, 2))}
`;
}

function shorten(key: string, value: unknown): unknown {
  if (key !== 'content' || typeof value !== 'string') return value;
  return `${value.slice(0, SHOWN_CONTENT)}… (${value.length} characters)`;
}

/** The lines about the image, without the log around them. */
function readAnswer(log: string): string {
  const lines = log.split('\n');
  const start = lines.findIndex((line) => line.startsWith('✓'));
  const end = lines.findIndex((line, i) => i > start && !line.startsWith('  '));
  if (start < 0 || end < 0) throw new Error('the log of verify has no answer');
  return lines.slice(start, end).join('\n');
}

function readDiagram(summary: string): string {
  const [, diagram] = /^```mermaid\n([\s\S]*?)\n```$/m.exec(summary) ?? [];
  if (diagram === undefined) throw new Error('the summary of verify has no picture');
  return diagram;
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
