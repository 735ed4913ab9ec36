import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pngBytes } from '../../../../tests/small-dataset.js';
import { decodeImage } from './decode-image.js';

const ftyp = (...brands: string[]) =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from('ftyp'),
    Buffer.from(brands[0]!),
    Buffer.alloc(4),
    Buffer.from(brands.join('')),
    Buffer.alloc(64),
  ]);
const text = (start: string) => Buffer.concat([Buffer.from(start, 'latin1'), Buffer.alloc(64, 32)]);

describe('a file that is no image we can read', () => {
  it.each([
    ['a HEIC image', ftyp('heic', 'mif1', 'heic')],
    ['a HEIC image', ftyp('mif1', 'mif1', 'heic')],
    ['a HEIC image', ftyp('heix', 'mif1')],
    ['a Canon raw image (CR3)', ftyp('crx ', 'isom')],
    ['a Canon raw image (CR2)', text('II*\0\x10\0\0\0CR\x02\0')],
    ['a Fujifilm raw image (RAF)', text('FUJIFILMCCD-RAW 0201')],
    ['a JPEG XL image', text('\xff\x0a\xfa')],
    ['a JPEG XL image', text('\0\0\0\x0cJXL \r\n\x87\n')],
    ['a JPEG 2000 image', text('\0\0\0\x0cjP  \r\n\x87\n')],
    ['a BMP image', text('BM6\x04')],
    ['a Photoshop document (PSD)', text('8BPS\0\x01')],
    ['a PDF document', text('%PDF-1.7\n')],
    ['a video', ftyp('isom', 'mp42')],
    ['a web page (HTML)', text('\n<!DOCTYPE html><html>')],
    ['a ZIP archive or an Office document', text('PK\x03\x04')],
  ])('is named: %s', async (name, bytes) => {
    await expect(decodeImage(bytes, { name: 'photo.jpg' })).rejects.toThrow(
      `photo.jpg: this is ${name}, which cannot be read; save it as PNG, JPEG, WebP, AVIF, TIFF, GIF or SVG`,
    );
  });

  it('is told from a TIFF by the ending of its name, or by its tags', async () => {
    const tiff = await sharp(pngBytes(16, 1)).tiff().toBuffer();
    expect((await decodeImage(tiff, { name: 'scan.tif' })).width).toBe(16);
    await expect(decodeImage(tiff, { name: 'DSC_1.NEF' })).rejects.toThrow("this is a camera's raw image");
    const dng = text('II*\0\x08\0\0\0\x01\0\x12\xc6\x01\0\x04\0\0\0\x01\x04\0\0');
    await expect(decodeImage(dng)).rejects.toThrow("this is a camera's raw image");
  });

  it('is said to be none where nothing is known of it', async () => {
    const expected = 'this is not an image in a format that can be read; expected PNG, JPEG,';
    await expect(decodeImage(text('plain words'))).rejects.toThrow(expected);
    await expect(decodeImage(Buffer.alloc(100))).rejects.toThrow(expected);
  });
});

describe('every format that the message names', () => {
  it.each(['png', 'jpeg', 'webp', 'avif', 'tiff', 'gif'] as const)('%s is read', async (format) => {
    const bytes = await sharp(pngBytes(32, 1)).toFormat(format).toBuffer();
    expect(await decodeImage(bytes)).toMatchObject({ width: 32, height: 32 });
  });

  it('SVG is read', async () => {
    const svg =
      '<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10" fill="#f00"/></svg>';
    const image = await decodeImage(Buffer.from(svg));
    expect([image.width, image.height, ...image.data.subarray(0, 3)]).toEqual([20, 10, 255, 0, 0]);
  });
});

describe('a JPEG that viewers open with a warning', () => {
  const jpeg = async () => sharp(pngBytes(32, 1)).jpeg().toBuffer();
  /** Bytes that belong to nothing before the second quantisation table or whatever follows the first segment. */
  const extraneous = async () => {
    const bytes = await jpeg();
    const end = 2 + 2 + bytes.readUInt16BE(4);
    return Buffer.concat([bytes.subarray(0, end), Buffer.from([1, 2, 3]), bytes.subarray(end)]);
  };
  /** The last coefficient of a sequential scan is 63; Samsung's firmware writes 0. */
  const wrongScan = async () => {
    const bytes = await jpeg();
    const at = bytes.indexOf(Buffer.from([0xff, 0xda]));
    bytes[at + 2 + bytes.readUInt16BE(at + 2) - 2] = 0;
    return bytes;
  };

  it.each([
    ['bytes between its segments', extraneous],
    ['a wrong scan header', wrongScan],
  ])('is taken where the warning is heard: %s', async (_, make) => {
    const warnings: string[] = [];
    const bytes = await make();
    const image = await decodeImage(bytes, { onWarning: (message) => warnings.push(message) });
    expect(warnings).toEqual([expect.stringMatching(/^its JPEG data break the rules/)]);
    expect(image).toEqual(await decodeImage(await jpeg()));
    await expect(decodeImage(bytes)).rejects.toThrow('break the rules of the format; if it looks right, save it anew');
  });

  it('is refused all the same when it ends too soon', async () => {
    const bytes = await jpeg();
    const onWarning = () => expect.unreachable();
    await expect(decodeImage(bytes.subarray(0, bytes.length - 40), { onWarning })).rejects.toThrow('is damaged');
  });

  it('and sound ones cause no warning', async () => {
    await decodeImage(await jpeg(), { onWarning: () => expect.unreachable() });
  });

  it('is the only kind: a damaged PNG is damaged', async () => {
    const bytes = Buffer.from(pngBytes(32, 1));
    bytes[bytes.length - 30]! ^= 1;
    const onWarning = () => expect.unreachable();
    await expect(decodeImage(bytes, { onWarning })).rejects.toThrow('the image is damaged');
  });
});
