import { countOf } from '@kanrecon/training/names';

export { countOf };

/** Images by split: `6 training, 2 validation and 1 test image`. */
export function countSplits({ train, val, test }: Readonly<Record<'train' | 'val' | 'test', number>>): string {
  return `${train} training, ${val} validation and ${countOf(test, 'test image')}`;
}
