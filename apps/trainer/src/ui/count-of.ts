/** A number with what it counts: `1 file`, `2 files`. */
export function countOf(count: number, singular: string): string {
  return `${count} ${singular}${count === 1 ? '' : 's'}`;
}

/** Images by split: `6 training, 2 validation and 1 test image`. */
export function countSplits({ train, val, test }: Readonly<Record<'train' | 'val' | 'test', number>>): string {
  return `${train} training, ${val} validation and ${countOf(test, 'test image')}`;
}
