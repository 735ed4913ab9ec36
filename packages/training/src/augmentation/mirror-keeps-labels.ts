import { type CameraAngles, cameraRotation } from '@kanrecon/render';
import { type DrawnShape, drawShape, renderView, type Scene, typicalView } from '@kanrecon/scene';
import { applyDihedral } from './apply-dihedral.js';

const size = 40;
const shapes = 3;
/** Mirror planes through the vertical axis that are tried. */
const planes = 24;
const direction: CameraAngles = { x: 0.9, y: 0.5, z: 1.1 };
/** Of 255, over the object: rounding, and the study's sun, which is not quite overhead, stay below it by far (see the test). */
const tolerance = 4;

/**
 * Whether a mirrored image of a scene still shows what its label says: whether it is an image of the same object from the mirrored
 * camera, for some mirror plane through the vertical axis. It is found by rendering, so it holds for every surface and pattern; the light
 * is taken from above, as another light is mirrored along and tells nothing of the object. An object with another mirror plane only is not
 * known to be one: then nothing false is done.
 */
export function mirrorKeepsLabels(scene: Scene): boolean {
  for (let index = 0; index < shapes; index++) {
    const shape: DrawnShape = { ...drawShape(scene, 0, index), baseColor: [0.7, 0.5, 0.3] };
    const { image, coverage } = render(scene, shape, direction);
    const mirrored = new Uint8Array(image.data.length);
    applyDihedral(image.data, mirrored, size, 1);
    const covered = coverage.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
    const found = Array.from({ length: planes }, (_, plane) => (Math.PI * plane) / planes).some((azimuth) => {
      const seen = render(scene, shape, mirroredCamera(direction, azimuth)).image.data;
      const sum = seen.reduce((total, value, i) => total + Math.abs(value - mirrored[i]!), 0);
      return sum / (3 * covered) < tolerance;
    });
    if (!found) return false;
  }
  return true;
}

function render(scene: Scene, shape: DrawnShape, angles: CameraAngles) {
  const view = typicalView(scene, angles);
  const light = { ...view.light, tilt: 0 };
  return renderView(scene, shape, { ...view, light }, { size });
}

/**
 * The camera that sees the mirrored scene as this one sees the scene, but for left and right.
 *
 * @param azimuth of the mirror plane, which holds the vertical axis; radians from the x axis
 */
export function mirroredCamera(angles: CameraAngles, azimuth: number): CameraAngles {
  const r = cameraRotation(angles);
  const [cos, sin] = [Math.cos(2 * azimuth), Math.sin(2 * azimuth)];
  const out = new Float64Array(9);
  for (let column = 0; column < 3; column++) {
    // Both mirrors together are a rotation: the plane's on the left, the image's (x to −x) on the right.
    const sign = column === 0 ? -1 : 1;
    out[column] = sign * (cos * r[column]! + sin * r[3 + column]!);
    out[3 + column] = sign * (sin * r[column]! - cos * r[3 + column]!);
    out[6 + column] = sign * r[6 + column]!;
  }
  return {
    x: Math.atan2(out[7]!, out[8]!),
    y: Math.atan2(-out[6]!, Math.hypot(out[7]!, out[8]!)),
    z: Math.atan2(out[3]!, out[0]!),
  };
}
