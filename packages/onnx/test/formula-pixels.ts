/** Bytes of images [n, size, size, 3] by a formula: waves of several lengths and directions, another in each image. */
export function formulaPixels(n: number, size: number): Uint8Array {
  return Uint8Array.from({ length: n * size * size * 3 }, (_, at) => {
    const channel = at % 3;
    const x = Math.floor(at / 3) % size;
    const y = Math.floor(at / 3 / size) % size;
    const image = Math.floor(at / 3 / size / size);
    const wave = Math.sin((x * (2 + image) + y * (channel + 1)) / 9) + Math.cos((x - y * (image + 1)) / 5 + channel);
    return Math.round(127.5 + 63 * wave);
  });
}

/** The same images as the input of an ONNX file: values in [0, 1], [n, 3, size, size]. */
export function onnxImages(bytes: Uint8Array, size: number): { shape: number[]; data: Float32Array } {
  const pixels = size * size;
  const n = bytes.length / pixels / 3;
  const data = new Float32Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) {
    const channel = at % 3;
    const pixel = Math.floor(at / 3) % pixels;
    const image = Math.floor(at / 3 / pixels);
    data[(image * 3 + channel) * pixels + pixel] = bytes[at]! / 255;
  }
  return { shape: [n, 3, size, size], data };
}
