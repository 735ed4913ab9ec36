/** The formats of images that `decodeImage` reads, in words for people. */
export const readableFormats = 'PNG, JPEG, WebP, AVIF, TIFF, GIF or SVG';

/** What a file is, told by its first bytes: its name for people, with an article. */
export interface FileFormat {
  readonly name: string;
  /** Whether it is one of {@link readableFormats}. */
  readonly readable: boolean;
}

/** Bytes at a place, as text in which a character is a byte. */
type Mark = readonly [offset: number, bytes: string];

const known: readonly (readonly [name: string, readable: boolean, ...marks: readonly Mark[]])[] = [
  ['a PNG image', true, [0, '\x89PNG\r\n\x1a\n']],
  ['a JPEG image', true, [0, '\xff\xd8\xff']],
  ['a WebP image', true, [0, 'RIFF'], [8, 'WEBP']],
  ['a GIF image', true, [0, 'GIF8']],
  // Cameras' raw files are TIFFs of their own kinds, whose first image is a small preview.
  ['a Canon raw image (CR2)', false, [0, 'II*\0'], [8, 'CR']],
  ['a Panasonic raw image (RW2)', false, [0, 'IIU\0']],
  ['an Olympus raw image (ORF)', false, [0, 'IIR']],
  ['a Fujifilm raw image (RAF)', false, [0, 'FUJIFILMCCD-RAW']],
  ['a Canon raw image (CR3)', false, [4, 'ftypcrx']],
  ['a Sigma raw image (X3F)', false, [0, 'FOVb']],
  ['a Minolta raw image (MRW)', false, [0, '\0MRM']],
  ['a TIFF image', true, [0, 'II*\0']],
  ['a TIFF image', true, [0, 'MM\0*']],
  ['a TIFF image', true, [0, 'II+\0']],
  ['a TIFF image', true, [0, 'MM\0+']],
  ['an AVIF image', true, [4, 'ftypavi']],
  ['a HEIC image', false, [4, 'ftyphe']],
  ['a JPEG XL image', false, [0, '\xff\x0a']],
  ['a JPEG XL image', false, [4, 'JXL \r\n\x87\n']],
  ['a JPEG 2000 image', false, [4, 'jP  \r\n\x87\n']],
  ['a JPEG 2000 image', false, [0, '\xff\x4f\xff\x51']],
  ['a BMP image', false, [0, 'BM']],
  ['an icon (ICO)', false, [0, '\0\0\x01\0']],
  ['a Photoshop document (PSD)', false, [0, '8BPS']],
  ['a GIMP document (XCF)', false, [0, 'gimp xcf']],
  ['an OpenEXR image', false, [0, '\x76\x2f\x31\x01']],
  ['a Radiance HDR image', false, [0, '#?R']],
  ['a QOI image', false, [0, 'qoif']],
  ['a DirectDraw surface (DDS)', false, [0, 'DDS ']],
  ...[1, 2, 3, 4, 5, 6].map((kind) => ['a netpbm image (PBM, PGM, PPM)', false, [0, `P${kind}\n`]] as const),
  ['a PDF document', false, [0, '%PDF']],
  ['a PostScript document', false, [0, '%!PS']],
  ['a video', false, [4, 'ftyp']],
  ['a video', false, [0, '\x1a\x45\xdf\xa3']],
  ['a video', false, [0, 'RIFF'], [8, 'AVI ']],
  ['a ZIP archive or an Office document', false, [0, 'PK\x03\x04']],
  ['a gzip archive', false, [0, '\x1f\x8b']],
  ['a glTF model (GLB)', false, [0, 'glTF']],
];

/** Brands of files of the HEIF family that hold HEVC, beside the one that comes first. */
const heifBrands = /^....ftyp(?:mif1|msf1|miaf)/s;

/** Names that cameras give raw files which begin as any TIFF does. */
const rawName = /\.(?:dng|nef|nrw|arw|sr2|srf|pef|3fr|iiq|erf|kdc|dcr|rwl|srw)$/i;

/** TIFF's tag of a DNG's version, in either order of bytes, somewhere in the first directory. */
const dngTags = ['\x12\xc6\x01\0\x04\0\0\0', '\xc6\x12\0\x01\0\0\0\x04'];

/**
 * What a file is, where its first bytes tell that: images, and what is often taken for one.
 *
 * @param path where its ending helps: raw images of many cameras begin as TIFFs do
 */
export function fileFormat(bytes: Uint8Array, path = ''): FileFormat | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4096)).toString('latin1');
  if (heifBrands.test(head)) {
    return head.slice(16, 64).includes('avif')
      ? { name: 'an AVIF image', readable: true }
      : { name: 'a HEIC image', readable: false };
  }
  const found = known.find(([, , ...marks]) => marks.every(([offset, mark]) => head.startsWith(mark, offset)));
  if (found) {
    const [name, readable] = found;
    const raw = name === 'a TIFF image' && (rawName.test(path) || dngTags.some((tag) => head.includes(tag)));
    return raw ? { name: "a camera's raw image", readable: false } : { name, readable };
  }
  const text = head.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg[\s>]/i.test(text)) {
    return { name: 'an SVG drawing', readable: true };
  }
  if (/^<(?:!doctype html|html)/i.test(text)) return { name: 'a web page (HTML)', readable: false };
  return undefined;
}
