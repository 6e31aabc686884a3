import { markControl } from '../base/text.ts';
import type { ImageChain, Promotion, Stage } from './chain.ts';
import { formatCounts, formatTime } from './format.ts';

const MARKS = { verified: '✓', refused: '✗', failed: '?' } as const;
const WORDS = { verified: 'verified', refused: 'REFUSED', failed: 'COULD NOT BE DECIDED' } as const;
const MAX_PLACES = 5;

/** What is known of an image in plain lines, made to be read at night: the verdict first, then who, when, from what. */
export function describeImage(chain: ImageChain): string[] {
  const { image, result, code, message, hint, repository, digest, runs, promotion, stagesUntold } = chain;
  const rows: Row[] = [
    ['digest', digest === undefined ? undefined : `${repository ?? ''}@${digest}`],
    ['runs', runs === undefined ? undefined : `${runs}, one platform of it`],
    ['why', message === undefined ? undefined : `${code ?? ''}: ${message}`],
    ['next', hint],
    ...(promotion === undefined ? [] : describePromotion(promotion)),
    ...describeSigned(chain),
    ...(chain.stages ?? []).map((stage): Row => ['before', describeStage(stage)]),
    ['before', stagesUntold === undefined ? undefined : `and ${stagesUntold} more that are not told`],
    ...describePlaces(chain),
  ];
  const lines = rows.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(9)} ${value}`]));
  // A text of a record must not forge a line of ours.
  return [`${MARKS[result]} ${image} ${WORDS[result]}`, ...lines].map(markControl);
}

type Row = readonly [name: string, value: string | undefined];

function describePromotion(promotion: Promotion): Row[] {
  const { actor, pipelineRepository, environment, source, revision, revisionEvidence, scanner } = promotion;
  const who = [actor, pipelineRepository && `for ${pipelineRepository}`, environment && `to ${environment}`];
  return [
    ['promoted', `${formatTime(promotion.finishedAt)} by ${who.filter(Boolean).join(' ') || 'nobody who gave a name'}`],
    ['signed by', promotion.signer],
    ['workflow', promotion.workflow],
    ['run', promotion.runUrl],
    ['from', `${source.reference} (${source.digest})`],
    ['commit', revision === undefined ? 'not recorded' : `${revision} (by ${revisionEvidence ?? 'label'})`],
    ...promotion.sourceEvidence.map(({ kind, type, signer }): Row => ['rests on', `${kind} ${type} by ${signer}`]),
    ...promotion.targets.map(
      ({ reference, state, digest }): Row => [
        'tag',
        `${reference} ${state}${digest === undefined ? '' : `: now ${digest}`}`,
      ],
    ),
    ...promotion.previous.map(({ target, digest }): Row => ['previous', `${target} was ${digest}`]),
    ...promotion.gates.map(({ name, verdict, evidence }): Row => ['gate', `${name}: ${verdict}. ${evidence}`]),
    ['findings', formatCounts(promotion.vulnerabilities)],
    [
      'scanner',
      scanner === undefined
        ? undefined
        : `${scanner.name} ${scanner.version}, database of ${formatTime(scanner.databaseUpdatedAt)}${scanner.from === 'sbom' ? ', from the SBOM only' : ''}`,
    ],
    ...promotion.exceptions.map(({ id, reason, expires }): Row => ['exception', `${id} until ${expires}: ${reason}`]),
  ];
}

function describeSigned({ signature, summary, scan }: ImageChain): Row[] {
  if (signature === undefined) return [];
  const by = signature.signers.length === 0 ? '' : ` by ${signature.signers.join(', ')}`;
  return [
    ['signature', `${signature.state}${by}`],
    ['SLSA VSA', summary && [summary.state, ...summary.levels].join(' ')],
    ['scan', scan && [scan.state, scan.finishedAt && formatTime(scan.finishedAt)].filter(Boolean).join(' ')],
  ];
}

function describeStage(stage: Stage): string {
  const { repository, environment, finishedAt, actor, verified, signer, reason } = stage;
  const where = environment === undefined ? repository : `${repository} (${environment})`;
  const by = actor === undefined ? '' : ` by ${actor}`;
  const vouched = verified ? `signed by ${signer ?? 'a trusted key'}` : `not verified here: ${reason ?? 'unknown'}`;
  return `${where} ${formatTime(finishedAt)}${by}, ${vouched}`;
}

function describePlaces({ places }: ImageChain): Row[] {
  const shown = places.slice(0, MAX_PLACES).map(({ kind, namespace, name, container, role }): Row => {
    const at = namespace === undefined ? name : `${namespace}/${name}`;
    const part = [role, role === 'volume' ? undefined : 'container', container].filter(Boolean).join(' ');
    return ['at', container === '' ? `${kind} ${at}` : `${kind} ${at}, ${part}`];
  });
  const rest = places.length - shown.length;
  return rest > 0 ? [...shown, ['at', `and ${rest} more`]] : shown;
}
