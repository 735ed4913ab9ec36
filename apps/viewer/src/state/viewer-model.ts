import { loadScene, type Scene, sceneWithRanges } from '@kanrecon/scene';
import type { ModelInfo } from '../worker/protocol.js';

/** A network as the page has it: with its scene, whose surface can be drawn. */
export interface ViewerModel extends Omit<ModelInfo, 'scene' | 'ranges'> {
  readonly scene: Scene;
}

/** The scene's functions do not cross over from the worker, its description does. */
export async function viewerModel({ scene, ranges, ...info }: ModelInfo): Promise<ViewerModel> {
  return { ...info, scene: sceneWithRanges(await loadScene(scene), ranges) };
}
