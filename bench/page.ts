import { type Contestant, findFigure, judgeGoals, type Result, type Traffic, type Verdict } from './result.ts';
import { formatBytes, formatRatio, formatTime, toAnchor } from './text.ts';

const INTRO = `<!-- Written by npm run bench, from docs/benchmarks/*.json. -->
# Benchmarks

\`npm run bench\` measures this project beside what people use instead, and writes this page. It needs \`npm run build\`, \`npm run tools -- --all\` and GNU time (\`/usr/bin/time\`); skopeo and jq are used where they are installed. \`npm run bench -- --scenario NAME\` runs one scenario again, \`--list\` names them.

How it is measured:
- Whole processes, from start to exit, started the same way for all: ours is \`node dist/cli.js\`, and Node.js's own start is in its figures.
- All contenders take turns within a round, each round begins with another one, and medians are compared. The line in a bar goes from the best to the worst run.
- Registries are started by the benchmark. A target is a new registry, or a new repository where the scenario says so, in every run.
- Every result is checked: a run that fails, or whose target tag has another digest than the source, is void, and is told below.
- Round trips and rates are those of a small TCP proxy ([\`lab/link.ts\`](../lab/link.ts)) in a process of its own, one before each registry. Making a connection takes a round trip; connections share the rate evenly; there is no TLS, no loss and no slow start. Registries and proxies run on the same machine and take their share of its processors.
- Processor time is that of the whole tree of processes, memory the peak of each process. Of ours, that of Trivy and cosign stands apart.
- Bytes are counted by the proxies, requests and headers with them; where a scenario has no links, in a round of its own that is not timed.
- Ours keeps its digest checks, the look at the tag and its read-back in all of them. The peers run with their best flags; crane, regctl and skopeo compute digests of what they copy, oras does not.
`;

/** The page: a table of everything that was promised, then every scenario with its plot and figures, and what somebody noted of it. */
export function renderPage(results: readonly Result[], notes: ReadonlyMap<string, string> = new Map()): string {
  const unmet = results.flatMap((result) =>
    judgeGoals(result)
      .filter(({ isMet }) => !isMet)
      .map((goal) => ({ result, goal })),
  );
  return [
    INTRO,
    '## What was promised\n',
    ...(results.length === 0 ? ['Nothing was measured yet.\n'] : [renderGoals(results)]),
    unmet.length === 0
      ? ''
      : `Not met:\n${unmet.map(({ result, goal }) => `- ${result.title}: ${tellGoal(goal)}\n`).join('')}`,
    ...results.map((result) => renderScenario(result, notes.get(result.scenario))),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function renderGoals(results: readonly Result[]): string {
  const rows = results.flatMap((result) =>
    judgeGoals(result).map((goal) => {
      const { title } = result;
      const found = goal.value === undefined ? 'not measured' : formatGoal(goal, goal.value);
      return `| [${title}](#${toAnchor(title)}) | ${goal.of} | ${tellLimit(goal)} | ${found} | ${goal.isMet ? 'yes' : '**no**'} |`;
    }),
  );
  return ['| Scenario | Of | Promised | Measured | Met |', '| --- | --- | --- | --- | --- |', ...rows, ''].join('\n');
}

function renderScenario(result: Result, note: string | undefined): string {
  const { scenario, title, about, machine, date, contestants } = result;
  const rows = contestants.map((contestant) => renderRow(contestant, result));
  const voids = contestants.flatMap(({ name, voids }) =>
    voids.map((why) => `- ${name}: ${why.replaceAll('\n', ' ')}\n`),
  );
  const { cores, processor, memoryGb, system, node } = machine;
  return [
    `## ${title}\n`,
    `${about.join(' ')}\n`,
    `![${title}](benchmarks/${scenario}.svg)\n`,
    '| | Median | Best to worst | Processor | Memory | From the source | To the target |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    ...(voids.length === 0 ? [] : ['Void runs:', ...voids]),
    ...(note === undefined ? [] : [`${note}\n`]),
    `<details><summary>${date.slice(0, 10)}, ${cores} cores (${processor}), ${memoryGb} GB, ${system}, Node.js ${node}: versions and commands</summary>\n`,
    ...contestants.map(({ name, version, command }) => `${name}, ${version}:\n\`\`\`sh\n${command.trim()}\n\`\`\``),
    '</details>\n',
  ].join('\n');
}

function renderRow(contestant: Contestant, { figure }: Result): string {
  const { name, isOurs, runs, source, target } = contestant;
  const shown = isOurs ? `**${name}**` : name;
  const median = findFigure(contestant, figure);
  const cpu = findFigure(contestant, 'cpu');
  if (median === undefined || cpu === undefined) return `| ${shown} | no run that counts | | | | | |`;
  const values = runs.map(({ wallMs, cpuMs }) => (figure === 'cpu' ? cpuMs : wallMs));
  const range = `${formatTime(Math.min(...values))} to ${formatTime(Math.max(...values))}`;
  const cells = [
    formatTime(median),
    range,
    formatTime(cpu),
    tellMemory(contestant),
    tell(source, 'out'),
    tell(target, 'in'),
  ];
  return `| ${shown} | ${cells.join(' | ')} |`;
}

/** Its own, and the largest of each program that it started. */
function tellMemory({ runs, isOurs }: Contestant): string {
  const own = Math.max(...runs.map(({ peakMb }) => peakMb));
  const children = new Map<string, number>();
  for (const { childrenMb } of runs) {
    for (const [name, mb] of Object.entries(childrenMb)) children.set(name, Math.max(children.get(name) ?? 0, mb));
  }
  const others = [...children].filter(([, mb]) => mb >= 10).map(([name, mb]) => `${name} ${mb.toFixed(0)} MB`);
  return [...(isOurs || others.length === 0 ? [`${own.toFixed(0)} MB`] : []), ...others].join(', ');
}

function tell(traffic: Traffic | undefined, way: 'in' | 'out'): string {
  return traffic === undefined ? '' : formatBytes(traffic[way]);
}

function tellGoal(goal: Verdict): string {
  return `${goal.of} ${goal.value === undefined ? 'was not measured' : formatGoal(goal, goal.value)} (promised ${tellLimit(goal)})`;
}

function tellLimit({ what, limit, against }: Verdict): string {
  if (what === 'memory') return `≤ ${limit} MB`;
  if (what === 'source bytes') return `≤ ${limit} × the image read from the source`;
  const whom = against.length === 1 ? against[0] : `the fastest of ${against.join(', ')}`;
  return `≤ ${limit} × ${what === 'cpu' ? 'the processor time of ' : ''}${whom}`;
}

function formatGoal({ what, limit, best }: Verdict, value: number): string {
  if (what === 'memory') return `${value.toFixed(0)} MB`;
  const ratio = formatRatio(value, limit);
  return what === 'source bytes' ? `${ratio} ×` : `${ratio} × ${best}`;
}
