import type { Verdict } from '@kanrecon/reconstruction';
import { describeRefined } from './describe-refined.js';
import { imageFormats } from './image-formats.js';
import type { PredictionLimits } from './image-limits.js';
import type { ReconstructedFile } from './reconstructed-file.js';
import type { ReconstructionJson } from './reconstruction-json.js';

/** Images whose numbers are shown, as tables and as lines; those of all are in the table. */
const shownImages = { refined: 8, network: 20 } as const;

/** Intervals that are shown, by what they hold in per cent. */
const shownLevel = '90';

/** What images gave, for people: a table or a line each, and what the numbers are worth. */
export function describePredictions(
  done: readonly ReconstructedFile[],
  limits: PredictionLimits | undefined,
): string[] {
  if (done.length === 0) return [];
  const refined = done.some(({ json }) => json.refined);
  const most = shownImages[refined ? 'refined' : 'network'];
  const shown = done.slice(0, most).flatMap(({ path, json }) => {
    return json.refined ? [describeRefined(path, json.refined), ''] : [`${path}: ${describeNumbers(json)}`];
  });
  const worth = refined ? [...worthOfRefined(done), ...said(limits)] : worthOfNetwork(done, limits);
  return [...shown, ...describeRest(done.slice(most)), '', ...worth];
}

function describeRest(rest: readonly ReconstructedFile[]): string[] {
  if (rest.length === 0) return [];
  const unexplained = rest.filter(({ json }) => json.refined && !json.refined.found).map(({ path }) => path);
  return [
    `… and ${rest.length} more, in predictions.csv`,
    ...(unexplained.length > 0 ? [`Not explained among them: ${unexplained.join(', ')}`] : []),
  ];
}

function said(limits: PredictionLimits | undefined): readonly string[] {
  return limits?.summary ?? ['The network does not say which parameters such images show at all.'];
}

function worthOfRefined(done: readonly ReconstructedFile[]): string[] {
  const refined = done.flatMap(({ json }) => (json.refined?.found ? [json.refined] : []));
  const found = refined.length;
  const calibrated = refined.filter((one) => one.calibrated).length;
  const rest = 'they are not calibrated, and may be half as wide as they should be, or twice';
  return [
    ...(found > 0
      ? [
          'Estimates are means over all that the image may show; mesh and rendering show the shape that fits best.',
          ...(calibrated > 0
            ? ["Intervals hold the real value in 90 of 100 of the scene's own renderings, of which this was measured."]
            : []),
          ...(calibrated < found
            ? [
                calibrated === 0
                  ? `Intervals follow from how sharply the fit is determined; ${rest}.`
                  : `Those of the others (${found - calibrated} of ${found}) follow from how sharply the fit is determined; ${rest}.`,
              ]
            : []),
        ]
      : []),
    ...(any(done, 'doubtful')
      ? [
          'Numbers after "about" come without an interval: their image is not wholly explained, so that none would hold.',
        ]
      : []),
    ...(any(done, 'foreign')
      ? [
          'Of what does not look like such an object there are files with numbers, mesh and rendering all the same, which mean little.',
        ]
      : []),
  ];
}

function any(done: readonly ReconstructedFile[], kind: Verdict['kind']): boolean {
  return done.some(({ json }) => json.refined?.verdict.kind === kind);
}

function worthOfNetwork(done: readonly ReconstructedFile[], limits: PredictionLimits | undefined): string[] {
  const outside = done.some(({ json }) => json.outside_range.length > 0);
  return [
    ...(outside
      ? [
          'Drawn as: the number lies outside the range that the network was trained in; mesh and rendering have the nearest end of it, "kanrecon evaluate" scores the number itself.',
        ]
      : []),
    ...said(limits),
    done.some(({ json }) => json.intervals)
      ? `In brackets where the real value lies in ${shownLevel} of 100 images such as the network was trained on; any image gets numbers, also one of no such object.`
      : 'No other number is checked: they come without an error, and any image gets some, also one of no such object.',
  ];
}

function describeNumbers({
  parameters,
  drawn_parameters: drawn,
  outside_range: outside,
  intervals,
  invisible,
}: ReconstructionJson) {
  const shown = Object.entries(parameters).filter(([name]) => !invisible?.includes(name));
  const values = shown.map(([name, value]) => {
    const [low, high] = intervals?.[name]?.[shownLevel] ?? [];
    const between = low === undefined ? '' : ` [${low.toFixed(3)} to ${high!.toFixed(3)}]`;
    const number = `${name} ${value.toFixed(3)}${between}`;
    return outside.includes(name) ? `${number} (drawn as ${Number(drawn[name]!.toFixed(3))})` : number;
  });
  const hidden = invisible?.length ? [`not visible: ${invisible.join(', ')}`] : [];
  return [values.join(', '), ...hidden].filter(Boolean).join('; ');
}

/** Images in folders that cannot be read, by their endings. */
export function describePassedOver(paths: readonly string[]): string {
  const more = paths.length > 3 ? ` and ${paths.length - 3} more` : '';
  const them = paths.length === 1 ? 'it' : 'them';
  return `Passed over, as such formats cannot be read: ${paths.slice(0, 3).join(', ')}${more}; save ${them} as ${imageFormats}.`;
}
