import { fitImage, type InputImage } from '@kanrecon/image';
import type { Reconstructor } from '@kanrecon/model';
import { colorImage, type NetworkStart, networkStart, rebuild } from '@kanrecon/reconstruction';
import type { Scene } from '@kanrecon/scene';

/** A model with what its network says of an image. */
export interface LikelyModel<M> {
  readonly model: M;
  readonly start: NetworkStart;
}

/** Width of the pictures that are compared. */
const size = 64;

/** Models, those first whose network's answer, drawn in the scene's typical light, looks most like the image. Takes as long as the networks do. */
export async function likelyFirst<
  M extends { readonly reconstructor: Pick<Reconstructor, 'predict' | 'targets' | 'card'>; readonly scene: Scene },
>(image: InputImage, models: readonly M[]): Promise<readonly LikelyModel<M>[]> {
  const [red = 0, green = 0, blue = 0] = image.data;
  const small = fitImage(image, size, { background: [red, green, blue] });
  const answers: (LikelyModel<M> & { difference: number })[] = [];
  for (const model of models) {
    const { reconstructor, scene } = model;
    const start = networkStart(reconstructor, await reconstructor.predict(image), scene);
    const { cameraAngles } = start;
    const { rendering } = rebuild(start.normalized, colorImage(image, {}), {
      scene,
      ...(cameraAngles && { cameraAngles }),
      renderingSize: size,
    });
    answers.push({ model, start, difference: difference(small, rendering.data) });
  }
  // Of two that are as near the first stays first.
  return answers.sort((a, b) => a.difference - b.difference);
}

/** Sum of absolute differences of two pictures of the same size. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum;
}
