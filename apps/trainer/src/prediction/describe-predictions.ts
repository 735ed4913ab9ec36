import { imageFormats } from './image-formats.js';
import type { PredictionLimits } from './image-limits.js';
import type { ReconstructedFile } from './reconstructed-file.js';
import type { ReconstructionJson } from './reconstruction-json.js';

/** Images whose numbers are shown; those of all are in the table. */
const shownImages = 20;

/** Intervals that are shown, by what they hold in per cent. */
const shownLevel = '90';

/** What images gave, for people: a line each, and what the numbers are worth. */
export function describePredictions(
  done: readonly ReconstructedFile[],
  limits: PredictionLimits | undefined,
): string[] {
  if (done.length === 0) return [];
  const lines = done.slice(0, shownImages).map(({ path, json }) => `${path}: ${describeNumbers(json)}`);
  if (done.length > shownImages) lines.push(`… and ${done.length - shownImages} more, in predictions.csv`);
  lines.push('');
  if (done.some(({ json }) => json.outside_range.length > 0)) {
    lines.push(
      'Drawn as: the number lies outside the range that the network was trained in; mesh and rendering have the nearest end of it, "kanrecon evaluate" scores the number itself.',
    );
  }
  if (limits) lines.push(...limits.summary);
  else lines.push('The network does not say which parameters such images show at all.');
  lines.push(
    done.some(({ json }) => json.intervals)
      ? `In brackets where the real value lies in ${shownLevel} of 100 images such as the network was trained on; any image gets numbers, also one of no such object.`
      : 'No other number is checked: they come without an error, and any image gets some, also one of no such object.',
  );
  return lines;
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
