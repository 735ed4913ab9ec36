import { fitImage } from '@kanrecon/image';
import type { ReconstructorConfig } from '@kanrecon/model';
import type { LabelledImages } from '../source/labelled-images.js';

/** The same images at another size, made when they are asked for, by the network's filter. @param config of the network, whose size they have */
export function resizedImages(
  images: LabelledImages,
  { imageSize, fit: { filter } }: Pick<ReconstructorConfig, 'imageSize' | 'fit'>,
  size: number,
): LabelledImages {
  const [before, after] = [imageSize, size].map((side) => 3 * side * side) as [number, number];
  return {
    targets: (indices) => images.targets(indices),
    readBatch(indices) {
      const whole = images.readBatch(indices);
      const out = new Uint8Array(indices.length * after);
      for (let i = 0; i < indices.length; i++) {
        const data = whole.subarray(i * before, (i + 1) * before);
        fitImage(
          { width: imageSize, height: imageSize, data },
          size,
          { filter },
          out.subarray(i * after, (i + 1) * after),
        );
      }
      return out;
    },
  };
}
