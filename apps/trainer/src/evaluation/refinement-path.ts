import { fitImage, type InputImage } from '@kanrecon/image';
import { renderView, type Scene } from '@kanrecon/scene';
import { differenceImage } from '../report/difference-image.js';
import type { RefinementStep } from './refined-image.js';

/** Most pixels that images are wide when they are compared: made smaller, an image differs from a rendering of that size even where it is right. */
const widest = 128;

/**
 * Some of the guesses of a refinement, from the first to the last, each nearer to the image than those before it. A search goes astray
 * often; what it had at best at each time is its way. Of the steps on it those are taken whose residuals are spread evenly by their logarithms.
 *
 * @param guesses in their order, the last one the result
 * @param most steps that are kept, at least two
 */
export function refinementPath(
  image: InputImage,
  scene: Scene,
  guesses: readonly Omit<RefinementStep, 'residual'>[],
  most = 6,
): RefinementStep[] {
  const size = Math.min(widest, Math.max(image.width, image.height));
  const target = { width: size, height: size, data: fitImage(image, size) };
  const measured = guesses.map(({ renderings, parameters, view, baseColor }): RefinementStep => {
    const drawn = renderView(scene, { parameters, baseColor }, view, { size, effects: false }).image;
    return {
      ...{ renderings, parameters, view, baseColor },
      residual: differenceImage(target, drawn).meanDifference,
    };
  });
  const last = measured.at(-1)!;
  const nearer: RefinementStep[] = [];
  for (const step of measured.slice(0, -1)) {
    if (step.residual > last.residual && step.residual < (nearer.at(-1)?.residual ?? Infinity)) nearer.push(step);
  }
  return [...spread(nearer, last, most - 1), last];
}

/** At most `count` of the steps, the first among them, evenly by the logarithm of what is left on the way to the last one. */
function spread(steps: readonly RefinementStep[], last: RefinementStep, count: number): RefinementStep[] {
  if (steps.length <= count) return [...steps];
  const height = ({ residual }: RefinementStep) => Math.log(Math.max(residual, 1e-3));
  const [top, bottom] = [height(steps[0]!), height(last)];
  const kept = new Set<RefinementStep>();
  for (let i = 0; i < count; i++) {
    const wanted = top + ((bottom - top) * i) / count;
    const free = steps.filter((step) => !kept.has(step));
    kept.add(free.reduce((a, b) => (Math.abs(height(b) - wanted) < Math.abs(height(a) - wanted) ? b : a)));
  }
  return steps.filter((step) => kept.has(step));
}
