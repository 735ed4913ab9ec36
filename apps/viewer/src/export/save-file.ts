/** Hands a file to the browser, which saves it. */
export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The name under which `kanrecon predict` looks for the label of an image: beside it, with its own stem. */
export function labelName(imageFile: string): string {
  return `param_${imageFile.replace(/(?<=.)\.[^.]*$/, '')}.json`;
}

/** A name without its ending and without what file systems refuse. */
export function fileBase(name: string): string {
  return safeName(name.replace(/\.[^.]*$/, ''));
}

/** A name without what file systems refuse. */
export function safeName(name: string): string {
  const base = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
  return base.replaceAll(/^[-.]+|[-.]+$/g, '').slice(0, 100) || 'object';
}
