import { decodeImage } from '@kanrecon/dataset/node';
import type { ParametricSurface } from '@kanrecon/geometry';
import type { ImageLimits } from '@kanrecon/identifiability';
import { imageFitDefaults } from '@kanrecon/image';
import { findObject, type RefineProgress, type RefineStart } from '@kanrecon/reconstruction';
import { loadScene, type Scene, type SceneJson, sceneWithRanges } from '@kanrecon/scene';
import { smallImage } from '../prediction/small-image.js';
import type { RefinedImage } from './refined-image.js';
import { refinementPath } from './refinement-path.js';

/** What is the same for all images. */
export interface RefineSettings {
  readonly scene: SceneJson;
  /** Of the scene's surface, with the ranges that hold: a run may have those of an earlier version. */
  readonly parameters: ParametricSurface['parameters'];
  readonly limits: Pick<ImageLimits, 'invariances' | 'combinations'>;
  /** Renderings an image, about. */
  readonly budget: number;
}

/** An image to refine, as it crosses to a thread. */
export interface RefineTask {
  readonly settings: RefineSettings;
  readonly imagePath: string;
  readonly start: RefineStart;
  /** Whether the way there is wanted. */
  readonly path: boolean;
}

/** Why an image cannot be refined, in a sentence for people. */
export interface UnrefinableImage {
  readonly problem: string;
}

/** Pixels below which refinement sees nothing. */
const smallest = 32;

/**
 * Refines the network's answer for one image. Runs in a worker thread, where there are several.
 *
 * @param signal of this thread: a worker is ended from outside
 */
export async function refineSample(
  task: RefineTask,
  signal?: AbortSignal,
): Promise<Omit<RefinedImage, 'networkCamera'> | UnrefinableImage> {
  const { settings, imagePath, start } = task;
  const scene = await rememberedScene(settings);
  const decoded = await decodeImage(imagePath);
  const image = smallImage(decoded, imageFitDefaults.background);
  if (Math.max(image.width, image.height) < smallest) {
    return {
      problem: `${imagePath} is too small to refine: it has ${image.width} × ${image.height} pixels, at least ${smallest} are needed; leave --refine out.`,
    };
  }
  const steps: RefineProgress[] = [];
  const begun = performance.now();
  const refined = await findObject(image, start, scene, {
    budget: settings.budget,
    limits: settings.limits,
    ...(task.path && { onProgress: (step: RefineProgress) => void steps.push(step) }),
    ...(signal && { signal }),
  });
  const { found, parameters, estimates, combinations, view, baseColor, misfit, renderings } = refined;
  const seconds = (performance.now() - begun) / 1000;
  const last = { parameters, view, baseColor, renderings };
  return {
    ...{ found, parameters, estimates, combinations, view, baseColor, misfit, renderings, seconds },
    ...(task.path && { path: refinementPath(image, scene, [...steps, last]) }),
  };
}

let remembered: { readonly key: string; readonly scene: Promise<Scene> } | undefined;

/** The scene of one image is that of the next. */
function rememberedScene({ scene, parameters }: RefineSettings): Promise<Scene> {
  const key = JSON.stringify([scene, parameters]);
  if (remembered?.key !== key) {
    remembered = { key, scene: loadScene(scene).then((loaded) => sceneWithRanges(loaded, parameters)) };
  }
  return remembered.scene;
}
