/** The folder of an address below which the page looks for models; its list says which there are. */
const folder = 'models';
const list = `${folder}/list.json`;

/** A model that the page is served with. */
export interface ServedModel {
  /** Under which it stands in the page, and in its addresses. */
  readonly name: string;
  /** Where it was read from. */
  readonly from: string;
  readonly files: Readonly<Record<'config.json' | 'model.json' | 'weights.bin', Uint8Array>>;
}

/** The files that the page finds beside itself, by their path in the address. */
export function modelFiles(models: readonly ServedModel[]): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  files.set(list, new TextEncoder().encode(JSON.stringify({ models: models.map(({ name }) => name) })));
  for (const { name, files: parts } of models) {
    for (const [file, bytes] of Object.entries(parts)) files.set(`${folder}/${name}/${file}`, bytes);
  }
  return files;
}
