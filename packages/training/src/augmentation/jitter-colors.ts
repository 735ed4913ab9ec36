/** How the colours of an image change; factors of 1 and a hue of 0 change nothing. */
export interface ColorJitter {
  brightness: number;
  contrast: number;
  saturation: number;
  /** Turn of the colour wheel, radians. */
  hue: number;
}

type Matrix = [number, number, number, number, number, number, number, number, number];

// Weights of red, green and blue in grey (ITU-R 601, as in torchvision).
const grey = [0.299, 0.587, 0.114] as const;

/**
 * Brightness, contrast, saturation and hue in this order, folded into one 3 × 4 matrix per image. Torchvision clips after
 * each of the four and turns the hue in HSV; here the turn is about the grey axis and clipping comes once, at the end, which
 * looks the same for the small changes of an augmentation and costs nine multiplications a pixel.
 *
 * @param image uint8 [pixels, 3], changed in place
 */
export function jitterColors(image: Uint8Array, { brightness, contrast, saturation, hue }: ColorJitter): void {
  const mean = contrast === 1 ? 0 : brightness * meanGrey(image);
  const turn = multiply(hueMatrix(hue), saturationMatrix(saturation));
  const scale = brightness * contrast;
  const [rr, rg, rb, gr, gg, gb, br, bg, bb] = turn.map((value) => value * scale) as Matrix;
  // Both matrices keep grey: the contrast's offset passes through unchanged, and so does all that is grey where nothing else
  // changes, which is the greater part of most images.
  const offset = (1 - contrast) * mean + 0.5;
  const keepsGrey = brightness === 1 && contrast === 1;
  for (let i = 0; i < image.length; i += 3) {
    const r = image[i]!;
    const g = image[i + 1]!;
    const b = image[i + 2]!;
    if (keepsGrey && r === g && g === b) continue;
    image[i] = clip(rr * r + rg * g + rb * b + offset);
    image[i + 1] = clip(gr * r + gg * g + gb * b + offset);
    image[i + 2] = clip(br * r + bg * g + bb * b + offset);
  }
}

function meanGrey(image: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < image.length; i += 3) {
    sum += grey[0] * image[i]! + grey[1] * image[i + 1]! + grey[2] * image[i + 2]!;
  }
  return (3 * sum) / image.length;
}

function clip(value: number): number {
  return Math.min(255, Math.max(0, value | 0));
}

function saturationMatrix(s: number): number[] {
  return [0, 1, 2].flatMap((row) => grey.map((weight, column) => (1 - s) * weight + (row === column ? s : 0)));
}

/** Rotation about (1, 1, 1). */
function hueMatrix(angle: number): number[] {
  const [cos, third, part] = [Math.cos(angle), (1 - Math.cos(angle)) / 3, Math.sin(angle) / Math.sqrt(3)];
  const [same, next, previous] = [cos + third, third - part, third + part];
  return [same, next, previous, previous, same, next, next, previous, same];
}

function multiply(a: number[], b: number[]): number[] {
  return Array.from({ length: 9 }, (_, i) => {
    const [row, column] = [3 * Math.floor(i / 3), i % 3];
    return a[row]! * b[column]! + a[row + 1]! * b[column + 3]! + a[row + 2]! * b[column + 6]!;
  });
}
