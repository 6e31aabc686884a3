import { DIAGRAM_CLASSES, DIAGRAM_LAYOUT, type PathVerdict, renderLabel, renderPlace } from './mermaid.ts';

/** One promotion of a chain to draw, from a place to the next. All texts are plain text of any origin. */
export interface ChainStep {
  readonly from: string;
  readonly to: string;
  /** What is said of it, a line each. */
  readonly lines: readonly string[];
  readonly verdict: Extract<PathVerdict, 'passed' | 'undecided'>;
}

const WORDS = { passed: '✓ verified', undecided: '? not verified here' };
/** A chain is read from its end: what is left out is at its start. */
const MAX_STEPS = 6;

/** The way of an image through its stages as a Mermaid flowchart, left to right: where it was, and between two places the promotion that led on. */
export function chainDiagram(steps: readonly ChainStep[]): string {
  const shown = steps.slice(-MAX_STEPS);
  const places = [...new Set(shown.flatMap(({ from, to }) => [from, to]))];
  const nameOf = (place: string): string => `place${places.indexOf(place)}`;
  const lines = [
    ...places.map((place) => `${nameOf(place)}("${renderPlace(place)}"):::place`),
    ...shown.flatMap(({ from, to, lines: told, verdict }, i) => [
      `step${i}["${[...told.map(renderLabel), WORDS[verdict]].join('<br>')}"]:::${verdict}`,
      `${nameOf(from)} --> step${i}`,
      `step${i} ${verdict === 'passed' ? '-->' : '-.->'} ${nameOf(to)}`,
    ]),
  ];
  return [DIAGRAM_LAYOUT, 'flowchart LR', ...[...lines, ...DIAGRAM_CLASSES].map((line) => `  ${line}`)].join('\n');
}
