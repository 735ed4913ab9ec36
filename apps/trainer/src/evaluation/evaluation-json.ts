import { portablePath } from '../data/portable-path.js';
import type { Evaluation } from './evaluation.js';
import { toStudyJson } from './sample-prediction.js';

/** What `evaluation.json` holds and `evaluate --json` prints; `dataset` and `out` are told from the run's folder. */
export function evaluationJson({ predictions, samples: _, seed: __, scene, run, dataset, out, ...rest }: Evaluation) {
  return {
    ...rest,
    dataset: portablePath(run, dataset),
    out: portablePath(run, out),
    scene: scene.name,
    best: toStudyJson(predictions[0]!),
    worst: toStudyJson(predictions.at(-1)!),
  };
}
