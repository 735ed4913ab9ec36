import { parseCsv } from './parse-csv.js';

/** One image's prediction beside the truth, as `predictions.csv` of `kanrecon evaluate` has it. */
export interface RunPrediction {
  /** Name of the image's file. */
  readonly image: string;
  readonly shape: number;
  readonly view: number;
  /** Over the image's parameters, on the normalised values. */
  readonly mse: number;
  readonly rmse: number;
  /** By name, in units. */
  readonly real: Readonly<Record<string, number>>;
  /** As the network found them. */
  readonly predicted: Readonly<Record<string, number>>;
  /** In the object's units, where they were measured. */
  readonly distances?: Readonly<Record<DistanceColumn, number>>;
  /** Of an image that was refined. */
  readonly refined?: {
    /** By name, in units: the posterior mean and its 90 % interval. */
    readonly values: Readonly<
      Record<string, { readonly mean: number; readonly interval90: readonly [number, number] }>
    >;
    /** Whether the rendering explains the image. */
    readonly found: boolean;
  };
}

const distanceColumns = ['size', 'distance', 'hausdorff', 'scale', 'distance_scaled', 'hausdorff_scaled'] as const;
type DistanceColumn = (typeof distanceColumns)[number];

/** Reads a `predictions.csv`. @returns what is wrong with it, in words, if it is not one */
export function parsePredictions(text: string): readonly RunPrediction[] | string {
  const [header = [], ...rows] = parseCsv(text);
  const names = header.flatMap((column) => (column.endsWith('_real') ? [column.slice(0, -'_real'.length)] : []));
  const column = new Map(header.map((name, at) => [name, at]));
  const anyRefined = column.has('found') || names.some((name) => column.has(`refined_${name}`));
  const wanted = [
    ...['image_file', 'shape', 'view', 'mse', 'rmse'],
    ...names.map((name) => `${name}_predicted`),
    ...(anyRefined
      ? [...names.flatMap((name) => [`refined_${name}`, `low90_${name}`, `high90_${name}`]), 'found']
      : []),
  ];
  const missing = wanted.find((name) => !column.has(name));
  if (missing !== undefined) return `its column ${missing} is missing`;
  if (names.length === 0) return 'it has no parameters: no column ends in _real';
  const measured = distanceColumns.every((name) => column.has(name));
  const predictions: RunPrediction[] = [];
  for (const [index, row] of rows.entries()) {
    const line = index + 2;
    if (row.length !== header.length) return `row ${line} has ${row.length} cells and not ${header.length}`;
    let wrong: string | undefined;
    const number = (name: string) => {
      const cell = row[column.get(name)!]!;
      const value = Number(cell);
      if (cell.trim() === '' || !Number.isFinite(value)) wrong ??= `in row ${line}, ${name} is no number: "${cell}"`;
      return value;
    };
    const yes = (name: string) => {
      const cell = row[column.get(name)!]!;
      if (cell !== 'true' && cell !== 'false') wrong ??= `in row ${line}, ${name} is neither true nor false: "${cell}"`;
      return cell === 'true';
    };
    const byName = <T>(of: (name: string) => T) => Object.fromEntries(names.map((name) => [name, of(name)]));
    const prediction: RunPrediction = {
      image: row[column.get('image_file')!]!,
      shape: number('shape'),
      view: number('view'),
      mse: number('mse'),
      rmse: number('rmse'),
      real: byName((name) => number(`${name}_real`)),
      predicted: byName((name) => number(`${name}_predicted`)),
      ...(measured && {
        distances: Object.fromEntries(distanceColumns.map((name) => [name, number(name)])) as Record<
          DistanceColumn,
          number
        >,
      }),
      ...(anyRefined &&
        row[column.get('found')!] !== '' && {
          refined: {
            values: byName((name) => ({
              mean: number(`refined_${name}`),
              interval90: [number(`low90_${name}`), number(`high90_${name}`)] as const,
            })),
            found: yes('found'),
          },
        }),
    };
    if (wrong !== undefined) return wrong;
    predictions.push(prediction);
  }
  return predictions.length === 0 ? 'it has no rows' : predictions;
}
