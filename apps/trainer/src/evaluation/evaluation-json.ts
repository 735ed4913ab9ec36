import { portablePath } from '../data/portable-path.js';
import type { Evaluation } from './evaluation.js';
import { toStudyJson } from './sample-prediction.js';

/** What `evaluate --json` prints. */
export function evaluationJson({ predictions, samples: _, seed: __, run: ___, scene, ...rest }: Evaluation) {
  return {
    ...rest,
    scene: scene.name,
    best: toStudyJson(predictions[0]!),
    worst: toStudyJson(predictions.at(-1)!),
  };
}

/** What `evaluation.json` holds: the same, but for `dataset`, which is told from the file's own folder, so that all may be moved. */
export function evaluationFile(evaluation: Evaluation) {
  const { out, dataset, ...rest } = evaluationJson(evaluation);
  return { ...rest, dataset: portablePath(out, dataset) };
}
