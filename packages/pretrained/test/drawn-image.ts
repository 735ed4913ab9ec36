import { drawShape, drawView, renderView, sceneByName } from '@kanrecon/scene';

/** An image of the scene `observable`. */
export function drawnImage() {
  const scene = sceneByName('observable');
  return renderView(scene, drawShape(scene, 2 ** 43, 0), drawView(scene, 2 ** 43, 0, 0), { size: 64 }).image;
}
