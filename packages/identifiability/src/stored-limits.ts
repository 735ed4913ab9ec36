import type { ImageLimits } from './image-limits-result.js';

/**
 * Limits as they were stored, perhaps by an earlier version, as this one gives them: without scores where something is undecided, and with
 * all scores marked as bounds that were taken for exact although something without a name was counted.
 */
export function storedLimits(limits: ImageLimits): ImageLimits {
  const { best, invisible, unexplained, undecided } = limits;
  if (best === null || undecided > 0) return { ...limits, best: null };
  if (best.bounds) return limits;
  const bounds = best.perParameter
    .map(({ name }) => name)
    .filter((name) => unexplained > 0 && !invisible.includes(name));
  return { ...limits, best: { ...best, bounds } };
}
