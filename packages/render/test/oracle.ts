import { readdirSync, readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { cameraRotation } from '../src/camera/camera-rotation.js';

/** One object rendered by Blender itself. */
export interface OracleCase {
  file: string;
  parameters: Record<string, number>;
  rotation: Float64Array;
  location: [number, number, number];
  matrix: number[][];
  baseColor: [number, number, number];
  /** 224 · 224 · 3 */
  image: Uint8Array;
  /** 224 · 224, coverage 0 to 255 */
  mask: Uint8Array;
}

const folder = new URL('./golden/blender-oracle/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, folder));

/** The twenty Blender renders with their labels and cameras. */
export function oracleCases(): OracleCase[] {
  const cameras = JSON.parse(read('cameras.json').toString());
  return readdirSync(new URL('images/', folder))
    .filter((file) => file.endsWith('.png'))
    .sort()
    .map((file) => {
      const label = JSON.parse(read(`labels/param_${file.replace('.png', '.json')}`).toString());
      const { x_angle, y_angle, z_angle } = label.camera_angles;
      const degree = Math.PI / 180;
      const camera = cameras[file];
      return {
        file,
        parameters: label,
        rotation: cameraRotation({ x: x_angle * degree, y: y_angle * degree, z: z_angle * degree }),
        location: camera.location,
        matrix: camera.matrix_world,
        baseColor: camera.base_color,
        image: Uint8Array.from(decode(read(`images/${file}`)).data),
        mask: Uint8Array.from(decode(read(`masks/${file}`)).data),
      };
    });
}
