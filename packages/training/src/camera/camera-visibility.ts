import { drawShape, drawView, renderView, type Scene, type ShownCameraAngle } from '@kanrecon/scene';

const size = 48;
const draws = 4;
/** Of 255, over the object's pixels. */
const tolerance = 1.5;
const orders = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2] as const;
const turn = 2 * Math.PI;

/** Which camera angles images of a scene show, found by rendering. */
export function cameraVisibility(scene: Scene): readonly ShownCameraAngle[] {
  return (['x', 'y', 'z'] as const).map((angle) => {
    const [min, max] = scene.camera[angle];
    const round = max - min >= turn - 1e-9;
    const shows = max > min && changes(scene, angle, Math.min(0.3, (max - min) / 2)) > tolerance;
    const order = shows && round ? orders.find((each) => changes(scene, angle, turn / each) < tolerance) : undefined;
    return { angle, shows, min, max, round, order: order ?? 1 };
  });
}

/** How much images change, at most, when a camera's angle does. */
function changes(scene: Scene, angle: ShownCameraAngle['angle'], by: number): number {
  const found = Array.from({ length: draws }, (_, index) => {
    const shape = drawShape(scene, 1, index);
    const view = drawView(scene, 1, index, 0);
    const render = (more: number) => {
      const cameraAngles = { ...view.cameraAngles, [angle]: view.cameraAngles[angle] + more };
      return renderView(scene, shape, { ...view, cameraAngles }, { size, effects: false });
    };
    const [before, after] = [render(0), render(by)];
    const covered = before.coverage.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
    const sum = before.image.data.reduce((total, value, i) => total + Math.abs(value - after.image.data[i]!), 0);
    return sum / (3 * covered);
  });
  return Math.max(...found);
}
