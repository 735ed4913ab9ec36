import type { FileError } from '@kanrecon/files/node';
import { SurfaceError } from '@kanrecon/geometry';
import type { Scene } from '@kanrecon/scene';
import { loadScene, renderView } from '@kanrecon/scene';
import type { SynthesisSettings } from './manifest-schema.js';
import { synthesizeView } from './synthesize-view.js';

/** Views `from` to `to` (without `to`) of a data set, counted through all shapes. */
export interface SynthesisTask {
  readonly root: string;
  readonly settings: SynthesisSettings;
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

let latest: { readonly settings: string; readonly scene: Promise<Scene> } | undefined;

/** A thread gets many tasks of one data set; its scene is made once. */
function sceneOf({ scene }: SynthesisSettings): Promise<Scene> {
  const settings = JSON.stringify(scene);
  if (latest?.settings !== settings) latest = { settings, scene: loadScene(scene) };
  return latest.scene;
}

/** Draws, renders and writes views. Runs in a worker thread. */
export async function synthesizeViews({ root, settings, from, to }: SynthesisTask): Promise<SynthesisResult> {
  let written = 0;
  let kept = 0;
  const scene = await sceneOf(settings);
  try {
    for (let index = from; index < to; index++) {
      const shape = Math.floor(index / settings.viewsPerShape);
      if (await synthesizeView(root, settings, scene, shape, index % settings.viewsPerShape, renderView)) written++;
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
