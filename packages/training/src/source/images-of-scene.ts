import { imageLimits } from '@kanrecon/identifiability';
import { type Scene, type SceneJson, sceneToJson } from '@kanrecon/scene';
import { checkAugmentation } from '../augmentation/check-augmentation.js';
import { cameraTargetsOf, experimentTargets } from '../camera/experiment-targets.js';
import type { OnTrainingEvent } from '../events/training-event.js';
import type { Experiment } from '../experiment/experiment.js';
import { modelCard } from '../experiment/model-card.js';
import { trainsOnFeatures } from '../features/feature-use.js';
import { sceneImages } from './scene-images.js';
import { sceneSource } from './scene-source.js';
import { firstIndices, type TrainingImages } from './training-images.js';

/** How {@link imagesOfScene} draws. */
export interface ImagesOfSceneOptions {
  readonly epochImages: number;
  readonly validationImages: number;
  readonly onEvent: OnTrainingEvent;
  readonly signal?: AbortSignal | undefined;
  /** Whether features of a frozen backbone were computed once, if the images were the same ones. */
  readonly cacheFeatures: boolean;
}

/**
 * Images of a scene, drawn in this thread.
 *
 * @throws TrainingError `false-labels`, `false-camera-labels`; `signal.reason` when aborted
 */
export async function imagesOfScene(
  experiment: Experiment,
  scene: Scene,
  { epochImages, validationImages, onEvent, signal, cacheFeatures }: ImagesOfSceneOptions,
): Promise<TrainingImages> {
  checkAugmentation(experiment.augmentation, scene, experiment.camera);
  const limits = await imageLimits(scene, {
    onProgress: (done, total) => onEvent({ type: 'progress', stage: 'limits', done, total }),
    ...(signal && { signal }),
  });
  return {
    targets: experimentTargets(experiment, scene),
    card: modelCard({ scene: writtenDown(scene), limits, experiment }),
    session({ reconstructor }) {
      if (cacheFeatures) trainsOnFeatures(experiment, reconstructor, onEvent);
      const { imageSize } = reconstructor.config;
      const { batchSize, seed } = experiment;
      const cameraTargets = cameraTargetsOf(reconstructor.targets, scene);
      const { parameters } = scene.surface;
      const [least, greatest] = scene.background;
      return {
        scene,
        scored: parameters,
        source: sceneSource({ scene, imageSize, batchSize, seed, epochImages, cameraTargets }),
        validation: sceneImages(scene, imageSize, validationImages, cameraTargets),
        val: firstIndices(validationImages),
        combinations: limits.combinations,
        visible: parameters.map(({ name }) => name).filter((name) => !limits.invisible.includes(name)),
        ...(least === greatest && { background: least }),
      };
    },
  };
}

/** A surface of one's own, a function, can be trained on in memory. */
function writtenDown(scene: Scene): SceneJson | undefined {
  try {
    return sceneToJson(scene);
  } catch {
    return undefined;
  }
}
