import type { ImageStream, OpenImageStreamOptions } from '@kanrecon/dataset';
import { imageLimits } from '@kanrecon/identifiability';
import { type Scene, type SceneJson, sceneToJson } from '@kanrecon/scene';
import { checkAugmentation } from '../augmentation/check-augmentation.js';
import { cameraTargetsOf, experimentTargets } from '../camera/experiment-targets.js';
import type { OnTrainingEvent } from '../events/training-event.js';
import type { Experiment } from '../experiment/experiment.js';
import { modelCard } from '../experiment/model-card.js';
import { trainsOnFeatures } from '../features/feature-use.js';
import { growingSource } from '../growth/growing-source.js';
import { imageStreamSource } from './image-stream-source.js';
import { sceneImages } from './scene-images.js';
import { sceneSource } from './scene-source.js';
import { streamSeed, streamSteps } from './stream-seed.js';
import { firstIndices, type TrainingImages } from './training-images.js';
import { typicalOfScene } from './typical-images.js';

/** How {@link imagesOfScene} draws. */
export interface ImagesOfSceneOptions {
  readonly epochImages: number;
  readonly validationImages: number;
  readonly onEvent: OnTrainingEvent;
  readonly signal?: AbortSignal | undefined;
  /** Whether features of a frozen backbone were computed once, if the images were the same ones. */
  readonly cacheFeatures: boolean;
  /** Draws in threads in place of this one. */
  readonly openStream?: OpenStream | undefined;
}

/** Opens a stream of images that threads draw. */
export type OpenStream = (options: OpenImageStreamOptions) => ImageStream;

/**
 * Images of a scene: those to validate with are drawn in this thread, and those to train on where there are no others.
 *
 * @throws TrainingError `false-labels`, `false-camera-labels`; `signal.reason` when aborted
 */
export async function imagesOfScene(
  experiment: Experiment,
  scene: Scene,
  { epochImages, validationImages, onEvent, signal, cacheFeatures, openStream }: ImagesOfSceneOptions,
): Promise<TrainingImages> {
  checkAugmentation(experiment.augmentation, scene, experiment.camera);
  const limits = await imageLimits(scene, {
    onProgress: (done, total) => onEvent({ type: 'progress', stage: 'limits', done, total }),
    ...(signal && { signal }),
  });
  return {
    targets: experimentTargets(experiment, scene),
    card: modelCard({ scene: writtenDown(scene), limits, experiment }),
    session(position) {
      const { reconstructor } = position;
      if (cacheFeatures) trainsOnFeatures(experiment, reconstructor, onEvent);
      const { imageSize } = reconstructor.config;
      const { batchSize, seed } = experiment;
      const cameraTargets = cameraTargetsOf(reconstructor.targets, scene);
      const { parameters } = scene.surface;
      const [least, greatest] = scene.background;
      const drawn = { scene, batchSize, cameraTargets };
      const steps = streamSteps(epochImages, batchSize);
      const validation = sceneImages(scene, imageSize, validationImages, cameraTargets);
      // Threads start last: nothing above may leave them behind.
      const source = growingSource(experiment, position, (size, { epoch, step }) => {
        if (!openStream) return sceneSource({ ...drawn, imageSize: size, seed, epochImages });
        const stream = openStream({
          ...drawn,
          imageSize: size,
          seed: streamSeed(seed),
          workers: 'workers' in experiment.data ? experiment.data.workers : 1,
          firstBatch: epoch * steps + step,
        });
        return imageStreamSource(stream, steps);
      });
      return {
        scene,
        scored: parameters,
        source,
        typical: typicalOfScene(scene, imageSize, batchSize, steps),
        validation,
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
