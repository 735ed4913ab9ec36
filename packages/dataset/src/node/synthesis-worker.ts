import type { FileError } from '@kanrecon/files/node';
import { SurfaceError } from '@kanrecon/geometry';
import type { Scene } from '@kanrecon/scene';
import { loadScene, renderView } from '@kanrecon/scene';
import type { SynthesisRecipe } from './synthesis-manifest.js';
import { synthesizeView } from './synthesize-view.js';

/** Views `from` to `to` (without `to`) of a data set, counted through all shapes. */
export interface SynthesisTask {
  readonly root: string;
  readonly recipe: SynthesisRecipe;
  readonly from: number;
  readonly to: number;
}

/** How a task ended. Errors of the file system are returned: their codes would not survive being thrown across threads. */
export interface SynthesisResult {
  readonly written: number;
  readonly kept: number;
  readonly error?: FileError;
  /** What a SurfaceError said: its class would not survive either. */
  readonly undrawable?: string;
}

let latest: { readonly recipe: string; readonly scene: Promise<Scene> } | undefined;

/** A thread gets many tasks of one recipe; its scene is made once. */
function sceneOf({ scene }: SynthesisRecipe): Promise<Scene> {
  const recipe = JSON.stringify(scene);
  if (latest?.recipe !== recipe) latest = { recipe, scene: loadScene(scene) };
  return latest.scene;
}

/** Draws, renders and writes views. Runs in a worker thread. */
export async function synthesizeViews({ root, recipe, from, to }: SynthesisTask): Promise<SynthesisResult> {
  let written = 0;
  let kept = 0;
  const scene = await sceneOf(recipe);
  try {
    for (let index = from; index < to; index++) {
      const shape = Math.floor(index / recipe.viewsPerShape);
      if (await synthesizeView(root, recipe, scene, shape, index % recipe.viewsPerShape, renderView)) written++;
      else kept++;
    }
  } catch (error) {
    const { code, path, message } = error as NodeJS.ErrnoException;
    if (error instanceof SurfaceError) return { written, kept, undrawable: message };
    if (code === undefined) throw error;
    return { written, kept, error: { code, path, message } };
  }
  return { written, kept };
}
