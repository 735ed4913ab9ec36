import { drawShape, drawView, renderView, sceneByName } from '@kanrecon/scene';
import { encode } from 'fast-png';

/** An image of a scene as a file, and what it shows. */
export function drawnImage(name: string, seed: number, size = 128) {
  const scene = sceneByName(name);
  const shape = drawShape(scene, seed, 0);
  const { image } = renderView(scene, shape, drawView(scene, seed, 0, 0), { size });
  const { width, height, data } = image;
  const png = Buffer.from(encode({ width, height, data: Uint8Array.from(data), channels: 3, depth: 8 }));
  return {
    image,
    parameters: shape.parameters,
    scene,
    file: { name: `${name}.png`, mimeType: 'image/png', buffer: png },
  };
}
