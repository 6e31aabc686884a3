import { findMedian } from './median.ts';
import type { Contestant, Result } from './result.ts';
import { formatTime } from './text.ts';

const WIDTH = 760;
const NAME_WIDTH = 210;
const VALUE_WIDTH = 130;
const ROW = 30;
const BAR = 18;
const TOP = 58;
const BOTTOM = 34;

const STYLE = `
    text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
    .title { font-size: 15px; font-weight: 600 }
    .note { font-size: 12px; fill: #59636e }
    .bar { fill: #afb8c1 }
    .ours { fill: #0969da }
    .range { stroke: #59636e; stroke-width: 1.5 }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc }
      .note { fill: #9198a1 }
      .bar { fill: #4b535d }
      .ours { fill: #388bfd }
      .range { stroke: #c3cad2 }
    }`;

/** Draws one bar for each contender that has a figure: its median, and a line from its best to its worst run. For light and dark pages; transparent. */
export function drawPlot(result: Result): string {
  const rows = result.contestants.filter(({ runs }) => runs.length > 0);
  const values = new Map(rows.map((row) => [row, listValues(row, result.figure)]));
  const longest = Math.max(...[...values.values()].flat(), 1);
  const scale = (value: number): number => (value / longest) * (WIDTH - NAME_WIDTH - VALUE_WIDTH);
  const height = TOP + rows.length * ROW + BOTTOM;
  const what = result.figure === 'cpu' ? 'Processor time' : 'Time';
  const { cores, processor } = result.machine;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escapeXml(result.title)}">
  <style>${STYLE}
  </style>
  <text x="8" y="22" class="title">${escapeXml(result.title)}</text>
  <text x="8" y="42" class="note">${what}, median of ${Math.max(0, ...rows.map(({ runs }) => runs.length))} rounds; shorter is better</text>
${rows.map((row, i) => drawRow(row, values.get(row) ?? [], TOP + i * ROW, scale)).join('\n')}
  <text x="8" y="${height - 12}" class="note">${escapeXml(`${result.date.slice(0, 10)}, ${cores} cores, ${processor}`)}</text>
</svg>
`;
}

function drawRow(
  { name, isOurs }: Contestant,
  values: readonly number[],
  y: number,
  scale: (value: number) => number,
): string {
  const median = findMedian(values);
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => round(NAME_WIDTH + scale(value)));
  const middle = y + BAR / 2;
  const label = NAME_WIDTH + scale(Math.max(median, ...values)) + 8;
  return [
    `  <text x="${NAME_WIDTH - 8}" y="${middle + 4.5}" text-anchor="end">${escapeXml(name)}</text>`,
    `  <rect x="${NAME_WIDTH}" y="${y}" width="${round(scale(median))}" height="${BAR}" rx="2" class="bar${isOurs ? ' ours' : ''}"/>`,
    `  <path d="M${low} ${middle}H${high}M${low} ${middle - 4}v8M${high} ${middle - 4}v8" class="range"/>`,
    `  <text x="${round(label)}" y="${middle + 4.5}">${formatTime(median)}</text>`,
  ].join('\n');
}

function listValues({ runs }: Contestant, figure: Result['figure']): number[] {
  return runs.map(({ wallMs, cpuMs }) => (figure === 'cpu' ? cpuMs : wallMs));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
