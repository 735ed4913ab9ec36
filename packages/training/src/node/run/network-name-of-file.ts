import { basename } from 'node:path';

/** What the study's files are called besides their network: the data set, and which of two checkpoints it is. */
const ENDINGS = /(_CilindroSpiralato|_best|_last)+$/;

/**
 * The network's name in the name of one of the study's files: `EFFNETB0_UNLOCK_DROP_FOURIER_6` of
 * `EFFNETB0_UNLOCK_DROP_FOURIER_6_CilindroSpiralato_best.pt`.
 *
 * @param read tells whether a text is such a name, by throwing where it is none
 */
export function networkNameOfFile(path: string, read: (name: string) => unknown): string | undefined {
  const name = basename(path)
    .replace(/\.[^.]*$/, '')
    .replace(ENDINGS, '');
  try {
    read(name);
    return name;
  } catch {
    return undefined;
  }
}
