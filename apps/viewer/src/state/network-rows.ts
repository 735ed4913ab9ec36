import type { Verdict } from '@kanrecon/reconstruction';
import type { NetworkAnswer } from '../worker/protocol.js';
import type { Estimate, EstimateRow } from './estimate-row.js';
import type { ViewerModel } from './viewer-model.js';

/** A network's own answer as rows. Where the image is not wholly explained, its intervals would not hold. */
export function networkRows(answer: NetworkAnswer, { scene, invisible }: ViewerModel, verdict?: Verdict): Estimate {
  const rough = verdict !== undefined && verdict.kind !== 'found';
  const rows = scene.surface.parameters.map(({ name }): EstimateRow => {
    if (invisible.includes(name)) return { name, note: 'not visible', rough };
    const interval90 = rough ? undefined : answer.intervals90[name];
    return {
      name,
      value: answer.parameters[name]!,
      rough,
      ...(interval90 && { interval90 }),
      ...(answer.outsideRange.includes(name) && {
        note: `drawn as ${Number(answer.drawnParameters[name]!.toFixed(3))}: outside the range that the network knows`,
      }),
    };
  });
  return {
    from: 'network',
    parameters: answer.drawnParameters,
    view: answer.view,
    baseColor: answer.baseColor,
    rows,
    combinations: [],
    worth: rough
      ? 'Numbers come without an interval: the image is not wholly explained, so that none would hold.'
      : 'Intervals hold the real value in 90 of 100 images such as the network was trained on.',
  };
}
