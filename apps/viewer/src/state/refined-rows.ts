import type { Estimate as EstimatedNumber } from '@kanrecon/reconstruction';
import type { RefinedObject } from '../worker/protocol.js';
import type { Estimate, EstimateRow } from './estimate-row.js';
import type { ViewerModel } from './viewer-model.js';

const worth = {
  mean: 'Estimates are means over all that the image may show; sliders, mesh and rendering show the shape that fits best.',
  calibrated: "Intervals hold the real value in 90 of 100 of the scene's own renderings, of which this was measured.",
  sharp:
    'Intervals follow from how sharply the fit is determined; they are not calibrated, and may be half as wide as they should be, or twice.',
  none: 'Numbers come without an interval: the image is not wholly explained, so that none would hold.',
} as const;

/** A refined object as rows, in the words of `kanrecon predict`. */
export function refinedRows(refined: RefinedObject, { scene }: ViewerModel): Estimate {
  const { estimates, combinations, parameters, normalized, known, verdict, calibrated, view, baseColor } = refined;
  const rough = verdict.kind !== 'found';
  const rows = scene.surface.parameters.map(({ name }, i): EstimateRow => {
    const estimate = estimates[name]!;
    if (known[name] !== undefined) return { name, value: known[name], note: 'known', rough: false };
    if (!estimate.told) return { name, note: 'cannot be told from this image', rough };
    const atEnd = normalized[i]! <= 0 || normalized[i]! >= 1;
    return { ...rowOf(name, estimate, rough), ...(atEnd && { note: 'at the end of its range' }) };
  });
  return {
    from: 'refined',
    parameters,
    view,
    baseColor,
    rows,
    combinations: Object.entries(combinations).map(([name, estimate]) => rowOf(name, estimate, rough)),
    worth: rough ? worth.none : `${worth.mean} ${calibrated ? worth.calibrated : worth.sharp}`,
  };
}

function rowOf(name: string, { mean, interval90 }: EstimatedNumber, rough: boolean): EstimateRow {
  return { name, value: mean, rough, ...(!rough && { interval90: [interval90[0]!, interval90[1]!] as const }) };
}
