import type { EpochRecord } from '@kanrecon/training';

/** The epoch with the lowest validation loss, where that is not the one that was kept: its network has been lost since. */
export function lowerLoss(history: readonly EpochRecord[], kept: number): EpochRecord | undefined {
  const loss = ({ val_loss }: EpochRecord) => val_loss ?? Number.POSITIVE_INFINITY;
  const own = history.find(({ epoch }) => epoch === kept);
  if (!own) return undefined;
  const lowest = history.reduce((least, record) => (loss(record) < loss(least) ? record : least), own);
  return lowest === own ? undefined : lowest;
}
