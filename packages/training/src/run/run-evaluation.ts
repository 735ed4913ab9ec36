import type { BestPossibleScores } from '@kanrecon/identifiability';
import * as v from 'valibot';
import type { RefinedScores } from '../evaluation/refined-scores.js';
import type { ScoreIntervals } from '../evaluation/score-intervals.js';
import type { PredictionScores } from '../evaluation/score-predictions.js';
import { explainIssue } from '../experiment/explain-issue.js';
import type { DistanceSummary } from '../report/distance-spreads.js';

const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const names = v.array(v.string());
/** JSON has null for what is not defined, as R² of a single image. */
const maybe = v.pipe(
  v.nullable(finite),
  v.transform((value) => value ?? Number.NaN),
);
const scores = { mae: maybe, mse: maybe, rmse: maybe, r2: maybe };
const best = { mae: finite, mse: finite, rmse: finite, r2: finite };
const interval = v.tuple([maybe, maybe]);
const intervals = { mae: interval, mse: interval, rmse: interval, r2: interval };
const predictionScores = v.object({
  ...scores,
  r2Visible: maybe,
  visible: names,
  perParameter: v.pipe(v.array(v.object({ name: v.string(), ...scores })), v.minLength(1)),
  combinations: v.array(v.object({ name: v.string(), ...scores })),
});
const spread = v.object({ mean: finite, median: finite, p90: finite, p99: finite, worst: finite });
const spreads = v.object({ mean: spread, hausdorff: spread });

const share = v.pipe(finite, v.minValue(0), v.maxValue(1));
const coverage = v.object({ coverage: share, lower: share, upper: share, samples: count, meanWidth: finite });
const degrees = v.object({ medianDegrees: finite, p90Degrees: finite });
const positiveCount = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const refined = v.object({
  images: positiveCount,
  found: count,
  budget: finite,
  renderings: finite,
  secondsPerImage: finite,
  shown: v.object({ names, r2Network: maybe, r2Refined: maybe, r2Found: v.optional(maybe) }),
  network: predictionScores,
  scores: predictionScores,
  scoresFound: v.optional(predictionScores),
  coverage: v.array(v.object({ name: v.string(), levels: v.object({ '50': coverage, '90': coverage }) })),
  camera: v.object({ network: v.optional(degrees), refined: degrees, found: v.optional(degrees) }),
});

/** As far as it is read here: what else there is stays out. */
const schema = v.object({
  /** The network's name, in the study's manner. */
  name: v.string(),
  /** Which of a run's two; `null` of a model by itself. */
  checkpoint: v.nullable(v.picklist(['best', 'last'])),
  split: v.picklist(['train', 'val', 'test']),
  images: count,
  surface: v.string(),
  /** Name of what the images show. */
  scene: v.string(),
  /** Folder of the data set, as seen from the file's own. */
  dataset: v.string(),
  scores: predictionScores,
  intervals: v.optional(
    v.object({
      level: finite,
      resamples: count,
      shapes: count,
      perParameter: v.array(v.object({ name: v.string(), ...intervals })),
      visible: v.nullable(v.object(intervals)),
      all: v.object(intervals),
    }),
  ),
  bestPossible: v.nullable(
    v.object({
      draws: count,
      ...best,
      perParameter: v.array(v.object({ name: v.string(), ...best })),
      bounds: v.optional(names),
    }),
  ),
  limits: v.object({
    invisible: names,
    invariances: v.array(v.unknown()),
    unexplained: count,
    undecided: count,
    summary: names,
  }),
  distances: v.optional(v.object({ images: count, relativeTo: v.string(), asFound: spreads, scaled: spreads })),
  refined: v.optional(refined),
});

/** What `evaluation.json` of `kanrecon evaluate` says of a network on a split of a data set. Scores are on the normalised parameters. */
export interface RunEvaluation
  extends Omit<v.InferOutput<typeof schema>, 'scores' | 'intervals' | 'bestPossible' | 'distances' | 'refined'> {
  readonly scores: PredictionScores;
  readonly intervals?: ScoreIntervals;
  readonly bestPossible: BestPossibleScores | null;
  readonly distances?: DistanceSummary;
  /** Before and after refinement, if some or all answers were refined. */
  readonly refined?: RefinedScores;
}

/** Reads an `evaluation.json`. @returns what is wrong with it, in words, if it is not one */
export function parseEvaluation(text: string): RunEvaluation | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'it cannot be read as JSON';
  }
  const result = v.safeParse(schema, json);
  if (!result.success) return explainIssue(schema, result.issues[0], 'the document').reason;
  const { intervals, bestPossible, distances, refined, ...evaluation } = result.output;
  const known = evaluation.scores.perParameter.map(({ name }) => name).join();
  for (const rows of [intervals?.perParameter, bestPossible?.perParameter]) {
    if (rows && rows.map(({ name }) => name).join() !== known) return 'its tables are not of the same parameters';
  }
  const unlike = refined && whyUnlike(refined as RefinedScores, known, evaluation.images);
  if (unlike) return unlike;
  const { bounds, ...possible } = bestPossible ?? {};
  return {
    ...evaluation,
    ...(intervals && { intervals }),
    bestPossible: bestPossible && ({ ...possible, ...(bounds && { bounds }) } as BestPossibleScores),
    ...(distances && { distances }),
    ...(refined && { refined: refined as RefinedScores }),
  };
}

/** Why scores after refinement are not of this evaluation. @param known names of its parameters */
function whyUnlike(refined: RefinedScores, known: string, images: number): string | undefined {
  const { network, scores, scoresFound, found } = refined;
  if (found > refined.images || refined.images > images) {
    return `refined is wrong; ${found} of ${refined.images} refined images cannot be found among ${images}`;
  }
  const of = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name).join();
  const after = [scores, ...(scoresFound ? [scoresFound] : [])];
  const same =
    [network, ...after].every(({ perParameter }) => of(perParameter) === known) &&
    after.every(({ combinations }) => of(combinations) === of(network.combinations));
  return same ? undefined : 'the tables of refined are not of its parameters';
}
