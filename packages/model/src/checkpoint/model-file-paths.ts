/** The files of a model, by their names. */
export type ModelFilePaths = Readonly<Record<'config.json' | 'model.json' | 'weights.bin', string>> & {
  readonly 'optimizer.bin'?: string;
};

/**
 * Finds the files of one model among others: in an archive, or in a folder that a person has chosen. Of a run, which has several, its `best`
 * is taken, else its `last`.
 *
 * @param paths with / between their parts
 * @returns nothing where there is no model among them
 */
export function modelFilePaths(paths: readonly string[]): ModelFilePaths | undefined {
  const there = new Set(paths);
  const folders = paths
    .filter((path) => /(^|\/)config\.json$/.test(path))
    .map((path) => path.slice(0, -'config.json'.length))
    .filter((folder) => there.has(`${folder}model.json`) && there.has(`${folder}weights.bin`));
  const ranked = ['best/', 'last/', ''];
  const rank = (folder: string) => ranked.findIndex((end) => folder.endsWith(end));
  const [folder] = folders.sort((a, b) => rank(a) - rank(b) || a.length - b.length || (a < b ? -1 : 1));
  if (folder === undefined) return undefined;
  const optimizer = `${folder}optimizer.bin`;
  return {
    'config.json': `${folder}config.json`,
    'model.json': `${folder}model.json`,
    'weights.bin': `${folder}weights.bin`,
    ...(there.has(optimizer) && { 'optimizer.bin': optimizer }),
  };
}
