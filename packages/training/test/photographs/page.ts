import { type PreprocessingCase, preprocess } from './preprocess.js';

/** Decodes a photograph as browsers do, and preprocesses it. @returns float32, base64: a list of numbers takes seconds to hand over */
async function run(name: string, wanted: PreprocessingCase, norm: Parameters<typeof preprocess>[2]): Promise<string> {
  const blob = await (await fetch(`/${name}`)).blob();
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const { buffer } = preprocess(context.getImageData(0, 0, bitmap.width, bitmap.height), wanted, norm);
  return btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(''));
}

Object.assign(self, { run });
