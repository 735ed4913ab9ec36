/**
 * Softens the differences of two square RGB images, in place: two passes of the binomial filter (1, 4, 6, 4, 1) / 16 each way, a
 * Gaussian of √2 pixels. A contour that moves then changes the image in proportion over more than a pixel, and the jumps of single
 * sub-samples, which change sign along it, cancel: on the study's images the error of a Jacobian's null direction falls from several
 * per cent to some tenths.
 *
 * @param values 3 · size² numbers, row-major; beyond the border they count as zero, like the unchanged background
 */
export function soften(values: Float32Array): void {
  const size = Math.round(Math.sqrt(values.length / 3));
  const line = new Float32Array(size + 4);
  for (let pass = 0; pass < 2; pass++) {
    for (let row = 0; row < size; row++) for (let c = 0; c < 3; c++) filter(values, 3 * row * size + c, 3, line, size);
    for (let k = 0; k < 3 * size; k++) filter(values, k, 3 * size, line, size);
  }
}

function filter(values: Float32Array, from: number, stride: number, line: Float32Array, size: number): void {
  for (let i = 0; i < size; i++) line[i + 2] = values[from + i * stride];
  for (let i = 0; i < size; i++) {
    values[from + i * stride] = (line[i] + line[i + 4] + 4 * (line[i + 1] + line[i + 3]) + 6 * line[i + 2]) / 16;
  }
}
