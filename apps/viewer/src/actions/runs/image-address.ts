import { paintThumbnail } from '../../image/paint-thumbnail.js';
import type { CaseImage } from './case-picture.js';

/** A case's image as an address that holds all of it. */
export function imageAddress(image: CaseImage): Promise<string> {
  if (image.kind === 'drawn') {
    const canvas = document.createElement('canvas');
    paintThumbnail(canvas, image.picture);
    return Promise.resolve(canvas.toDataURL('image/png'));
  }
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(image.file);
  });
}
