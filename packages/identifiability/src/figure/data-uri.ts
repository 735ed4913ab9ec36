/** PNG bytes as the address of an image inside the figure. */
export function dataUri(png: Uint8Array): string {
  // Of one call's arguments there may not be too many.
  const part = 0x8000;
  let bytes = '';
  for (let i = 0; i < png.length; i += part) bytes += String.fromCharCode(...png.subarray(i, i + part));
  return `data:image/png;base64,${btoa(bytes)}`;
}
