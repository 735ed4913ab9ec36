// Where two images differ.

/** Greatest difference over red, green and blue by pixel, of 255. */
function pixelDifferences(a, b) {
  return Array.from({ length: a.width * a.height }, (_, pixel) =>
    Math.max(...[0, 1, 2].map((c) => Math.abs(a.data[3 * pixel + c] - b.data[3 * pixel + c]))),
  );
}

/** Mean over all values, of 255. */
export function meanDifference(a, b) {
  return a.data.reduce((sum, value, i) => sum + Math.abs(value - b.data[i]), 0) / a.data.length;
}

/** White where they are equal, over orange to dark red where they differ by `full` and more. */
export function differencePicture(a, b, full = 64) {
  const data = new Uint8Array(a.data.length);
  for (const [pixel, difference] of pixelDifferences(a, b).entries()) {
    const share = Math.min(1, difference / full);
    const ends =
      share < 0.5
        ? [
            [250, 250, 250],
            [247, 140, 40],
          ]
        : [
            [247, 140, 40],
            [120, 10, 20],
          ];
    const part = share < 0.5 ? 2 * share : 2 * share - 1;
    for (let c = 0; c < 3; c++) data[3 * pixel + c] = ends[0][c] + part * (ends[1][c] - ends[0][c]);
  }
  return { width: a.width, height: a.height, data };
}

/** The image in pale grey, and red where another differs by more than `least`. */
export function markedPicture(image, other, least) {
  const data = new Uint8Array(image.data.length);
  for (const [pixel, difference] of pixelDifferences(image, other).entries()) {
    const grey = (image.data[3 * pixel] + image.data[3 * pixel + 1] + image.data[3 * pixel + 2]) / 3;
    const pale = 130 + 0.49 * grey;
    data.set(difference > least ? [214, 40, 40] : [pale, pale, pale], 3 * pixel);
  }
  return { width: image.width, height: image.height, data };
}
