import { type DrawnShape, type DrawnView, drawShape, drawView, type Scene } from '@kanrecon/scene';
import { type BlockImage, blockImage, coarseChange, meanChange } from './block-image.js';
import { placesBetween } from './end-changes.js';

/** A camera angle, by the world's axis that it is about. */
export type CameraAngle = 'x' | 'y' | 'z';

export const cameraAngleNames: readonly CameraAngle[] = ['x', 'y', 'z'];

/** What images tell of an angle; see `CameraAngleVisibility`. */
export interface AngleTrace {
  readonly shows: boolean;
  readonly order: number;
}

const turn = 2 * Math.PI;
/**
 * An angle shows if turning it changes some draw's image by more than this in the mean over the object, in 1/255. Single bytes tell
 * nothing here: where the object stays the same, the corners of its polygons move along its outline, and bytes change by up to 60. The
 * mean was at most .43 to .57 where nothing shows (spiral cylinder and vase, fitted and not, under the study's sun, which stands 0.4°
 * off the vertical), and 1.8 under a sun that stands 1.1° off, 4.8 with twelve lobes 2 % deep.
 */
const leastMean = 1;
/** Images are looked for that repeat so often in a turn. */
const orders = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2] as const;
/** Turns that are no repeat, as shares of a full one, to compare those with that may be one. */
const otherTurns = [0.012, 0.024, 0.041, 0.066, 0.13, 0.29, 0.43];
/**
 * Images repeat with a turn if their mean change is less than these shares of the largest change on the way there: at each draw, and in
 * the sum over all. In the sum, true repeats had .01 to .21 (stripes, checker, superellipsoids, 3 to 12 lobes of depth .05 to .3; the twelve
 * lobes most, as a lobe is then hardly wider than a pixel), others .42 (ten lobes turned by an eleventh) and more, but for
 * lobes whose shade alone does not repeat, from .1. At the worst draw it was .43 and .5.
 */
const repeatShare = { each: 0.5, all: 0.28 };
/**
 * And if seen coarsely they change by no more than this, in 1/255: a shade that does not repeat is little beside lobes that do. True
 * repeats had at most .77 at the worst draw (twelve deep lobes; all others .57), five lobes 1.6 under a sun 5.7° off the vertical, .85
 * under one 2.9° off, which passes.
 */
const mostCoarse = 1;

/**
 * Whether an angle of the camera leaves a trace in a scene's images, and how often they repeat in a turn of it: the first views of a
 * data set are rendered with the angle at the ends of its range and at places in between, and turned by 2π/k from where it was.
 *
 * Repeats are looked for that fit into the range, the one of most per turn being taken.
 */
export function measureCameraAngle(
  scene: Scene,
  angle: CameraAngle,
  { draws, seed }: { readonly draws: number; readonly seed: number },
): AngleTrace {
  const [min, max] = scene.camera[angle];
  if (!(max > min)) return { shows: false, order: 1 };
  const turned = Array.from({ length: draws }, (_, draw) =>
    turnedImages(scene, drawShape(scene, seed, draw), drawView(scene, seed, draw, 0), angle),
  );
  const shows = turned.some(({ changeAt }, draw) =>
    [...placesBetween(draw), 0, 1].some((share) => changeAt(min + share * (max - min)).mean > leastMean),
  );
  return { shows, order: shows ? repeats(turned, max - min) : 1 };
}

/** How a draw's image changes when the camera is turned. */
interface TurnedImages {
  /** The angle as it was drawn. */
  readonly at: number;
  /** The change over the object when the angle is set, in 1/255: block by block, and coarsely. */
  readonly changeAt: (value: number) => { readonly mean: number; readonly coarse: number };
}

function turnedImages(scene: Scene, shape: DrawnShape, view: DrawnView, angle: CameraAngle): TurnedImages {
  const { cameraAngles } = view;
  const image = (value: number) =>
    blockImage(scene, shape, { ...view, cameraAngles: { ...cameraAngles, [angle]: value } });
  let base: BlockImage | undefined;
  const changeAt = (value: number) => {
    base ??= image(cameraAngles[angle]);
    const turned = image(value);
    return { mean: meanChange(base, turned), coarse: coarseChange(base, turned) };
  };
  return { at: cameraAngles[angle], changeAt };
}

/** How often images repeat in a full turn. */
function repeats(turned: readonly TurnedImages[], span: number): number {
  let left = orders.filter((order) => turn / order <= span + 1e-9).map((order) => ({ order, changes: 0, others: 0 }));
  for (const { at, changeAt } of turned) {
    const longest = 1 / (left.at(-1)?.order ?? Number.POSITIVE_INFINITY);
    const others = otherTurns
      .filter((share) => share < longest)
      .map((share) => ({ share, change: changeAt(at + share * turn).mean }));
    left = left.filter((found) => {
      const { mean, coarse } = changeAt(at + turn / found.order);
      const other = Math.max(...others.filter(({ share }) => share < 1 / found.order).map(({ change }) => change));
      found.changes += mean;
      found.others += other;
      return mean < repeatShare.each * other && coarse <= mostCoarse;
    });
  }
  return left.find(({ changes, others }) => changes < repeatShare.all * others)?.order ?? 1;
}
