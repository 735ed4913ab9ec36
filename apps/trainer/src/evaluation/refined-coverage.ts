import { coverageByWidth, intervalCoverage } from '@kanrecon/metrics';
import type { RefinedCoverage } from '@kanrecon/training/report';

/** What was estimated of one number, and what is real. */
export interface EstimatedTruth {
  readonly real: number;
  readonly interval50: readonly [low: number, high: number];
  readonly interval90: readonly [low: number, high: number];
}

const widthGroups = 3;
/** Of fewer images a group says nothing. */
const leastPerGroup = 10;

/** Whether intervals hold what they promise. @param rows at least one, in the number's units */
export function refinedCoverage(name: string, rows: readonly EstimatedTruth[]): RefinedCoverage {
  const real = rows.map((row) => row.real);
  const ends = (key: 'interval50' | 'interval90', end: 0 | 1) => rows.map((row) => row[key][end]);
  const levels = {
    '50': intervalCoverage(real, ends('interval50', 0), ends('interval50', 1)),
    '90': intervalCoverage(real, ends('interval90', 0), ends('interval90', 1)),
  };
  if (rows.length < widthGroups * leastPerGroup) return { name, levels };
  return { name, levels, byWidth: coverageByWidth(real, ends('interval90', 0), ends('interval90', 1), widthGroups) };
}
