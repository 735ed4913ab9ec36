/**
 * Rearranges a row-major array of four axes.
 *
 * @param shape The source's shape.
 * @param axes Axis i of the result is axis `axes[i]` of the source.
 */
export function transposeArray(
  data: ArrayLike<number>,
  shape: readonly number[],
  axes: readonly number[],
): Float32Array {
  const strides = [0, 0, 0, 1];
  for (let axis = 2; axis >= 0; axis--) strides[axis] = (strides[axis + 1] as number) * (shape[axis + 1] as number);
  const [size0, size1, size2, size3] = axes.map((axis) => shape[axis]) as [number, number, number, number];
  const [step0, step1, step2, step3] = axes.map((axis) => strides[axis]) as [number, number, number, number];
  const out = new Float32Array(data.length);
  let to = 0;
  for (let i = 0; i < size0; i++) {
    for (let j = 0; j < size1; j++) {
      for (let k = 0; k < size2; k++) {
        let from = i * step0 + j * step1 + k * step2;
        for (let l = 0; l < size3; l++, from += step3) out[to++] = data[from] as number;
      }
    }
  }
  return out;
}
