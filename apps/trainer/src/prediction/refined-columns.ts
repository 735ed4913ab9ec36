import type { ReconstructedFile } from './reconstructed-file.js';
import type { EstimateJson } from './refined-json.js';

/** Columns of a table, and their cells by image. */
export interface TableColumns {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/**
 * What refinement found, as further columns of `predictions.csv`: the verdict, names of the parameters that the image tells, camera
 * angles in degrees, then mean and intervals of each parameter and of each visible combination. None where nothing was refined.
 */
export function refinedColumns(found: readonly ReconstructedFile[]): TableColumns {
  const first = found.find(({ json }) => json.refined)?.json.refined;
  if (!first) return { header: [], rows: found.map(() => []) };
  const [names, combinations] = [Object.keys(first.estimates), Object.keys(first.combinations)];
  const angles = ['x_angle', 'y_angle', 'z_angle'] as const;
  const ends = ['50_low', '50_high', '90_low', '90_high'];
  const header = [
    ...['found', 'verdict', 'told', 'at_range_end', 'misfit'],
    ...angles.map((angle) => `${angle}_refined`),
    ...[...names, ...combinations].flatMap((name) =>
      ['', ...ends].map((end) => [name, 'refined', end].filter(Boolean).join('_')),
    ),
  ];
  const rows = found.map(({ json: { refined } }) => {
    if (!refined) return header.map(() => '');
    const { verdict, estimates, camera_angles: camera, misfit } = refined;
    return [
      String(refined.found),
      verdict.kind,
      names.filter((name) => estimates[name]!.told).join(' '),
      refined.at_range_end.join(' '),
      misfit.chi_squared,
      ...angles.map((angle) => camera[angle]),
      ...names.flatMap((name) => numbersOf(estimates[name]!)),
      ...combinations.flatMap((name) => numbersOf(refined.combinations[name]!)),
    ];
  });
  return { header, rows };
}

function numbersOf({ mean, interval50, interval90 }: EstimateJson): number[] {
  return [mean, ...interval50, ...interval90];
}
