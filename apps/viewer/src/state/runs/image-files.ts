import { nameOf } from './group-files.js';

/** A file by the path that it has among those that were opened. */
export interface FileAt {
  readonly path: string;
  readonly file: File;
}

/**
 * The images of an evaluation among files that were opened, by their names. Two data sets, and the splits of one, have images of the same
 * names: those that lie where the evaluation's do come first, and of several that are left none is taken.
 *
 * @param place end of the path of the evaluation's images: `data/test/images/`
 */
export function imageFiles(files: readonly FileAt[], place: string): ReadonlyMap<string, File | 'several'> {
  const byName = new Map<string, FileAt[]>();
  for (const one of files) {
    if (!/\.(png|jpe?g|webp)$/i.test(one.path)) continue;
    const name = nameOf(one.path);
    byName.set(name, [...(byName.get(name) ?? []), one]);
  }
  return new Map(
    [...byName].map(([name, all]) => {
      const there = all.filter(({ path }) => `/${path}`.endsWith(`/${place}${name}`));
      const [first, ...others] = there.length > 0 ? there : all;
      return [name, others.length > 0 ? ('several' as const) : first!.file];
    }),
  );
}
