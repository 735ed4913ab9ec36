import { backboneTable, headNames } from '@kanrecon/model/names';

type Names<T extends { readonly flag: string; readonly name: string }> = {
  readonly [Row in T as Row['flag']]: Row['name'];
};

function byFlag<T extends { readonly flag: string; readonly name: string }>(table: readonly T[]): Names<T> {
  return Object.fromEntries(table.map(({ flag, name }) => [flag, name])) as Names<T>;
}

/** `--backbone` and what the model calls it. */
export const backboneFlags = byFlag(backboneTable);

/** What `--backbone` takes, the default first. */
export const backboneFlagNames = Object.keys(backboneFlags) as (keyof typeof backboneFlags)[];

/** `--head` and what the model calls it. */
export const headFlags = byFlag(headNames);

/** What `--head` takes. */
export type HeadFlag = keyof typeof headFlags;

/** The same as a list, the default first. */
export const headFlagNames = Object.keys(headFlags) as HeadFlag[];
