import { checkPositiveInteger } from '../check-positive-integer.js';

/** Equally spaced centres of a basis. */
export interface Centres {
  readonly gridMin: number;
  readonly gridMax: number;
  readonly numGrids: number;
}

/** @throws if there are no centres or they are not in order */
export function checkCentres(who: string, { gridMin, gridMax, numGrids }: Centres): void {
  checkPositiveInteger(`${who}: numGrids`, numGrids);
  if (!(gridMin < gridMax && Number.isFinite(gridMax - gridMin))) {
    throw new Error(
      `${who}: gridMin and gridMax are wrong; expected two finite numbers in ascending order, got ${gridMin} and ${gridMax}`,
    );
  }
}

/** numGrids numbers from gridMin to gridMax; one alone is gridMin (as with torch.linspace). */
export function centrePositions({ gridMin, gridMax, numGrids }: Centres): number[] {
  const step = numGrids > 1 ? (gridMax - gridMin) / (numGrids - 1) : 0;
  return Array.from({ length: numGrids }, (_, k) => gridMin + k * step);
}
