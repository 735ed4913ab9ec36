/**
 * The formats of images that are read, in words: `readableFormats` of `@kanrecon/dataset/node`, spelled out so that `--help` loads nothing.
 * A test compares the two.
 */
export const imageFormats = 'PNG, JPEG, WebP, AVIF, TIFF, GIF or SVG';
