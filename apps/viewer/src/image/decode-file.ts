import type { InputImage } from '@kanrecon/image';
import { checkFileBytes, checkImageFile, checkPixels, damagedImage } from './check-image-file.js';

/**
 * Decodes an image file of any kind that the browser knows. In a worker or on the page.
 *
 * @returns RGBA bytes, turned as its EXIF data says
 * @throws ViewerError in a sentence
 */
export async function decodeFile(name: string, file: Blob): Promise<InputImage> {
  checkFileBytes(name, file.size);
  checkImageFile(name, new Uint8Array(await file.arrayBuffer()));
  const bitmap = await createImageBitmap(file).catch((cause: unknown) => {
    throw damagedImage(name, cause);
  });
  try {
    const { width, height } = bitmap;
    checkPixels(name, width, height);
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!context) throw damagedImage(name, new Error('no 2d context'));
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, width, height);
  } finally {
    bitmap.close();
  }
}
