import type { Sample, Split } from '@kanrecon/dataset';
import type { BestPossibleScores, ImageLimits } from '@kanrecon/identifiability';
import type { Scene } from '@kanrecon/scene';
import type { CameraScores, CoverageScores, PredictionScores } from '@kanrecon/training';
import type { DistanceSummary, RefinedScores, ScoreIntervals } from '@kanrecon/training/report';
import type { SamplePrediction } from './sample-prediction.js';

/** How a run does on a split. */
export interface Evaluation {
  name: string;
  /** Which of a run's two; `null` for a model by itself. */
  checkpoint: 'best' | 'last' | null;
  /** Folder of the run; this and the next one absolute. */
  run: string;
  dataset: string;
  split: Split;
  images: number;
  surface: string;
  scores: PredictionScores;
  /** Where the scores may lie; missing for fewer than ten shapes. */
  intervals?: ScoreIntervals;
  /** Of a network that says how sure it is: whether its intervals hold what they promise. */
  coverage?: readonly CoverageScores[];
  /** Of a network that finds the camera too. */
  camera?: CameraScores;
  /** What the best possible reader of images of this scene would score; `null` where something is undecided. */
  bestPossible: BestPossibleScores | null;
  /** What such images can tell, and what they cannot. */
  limits: Omit<ImageLimits, 'best'>;
  /** How far predicted and real surfaces are apart, if that was measured. */
  distances?: DistanceSummary;
  /** What refinement made of some or all of the answers, if it was asked for. */
  refined?: RefinedScores;
  /** Every prediction, the best first. */
  predictions: SamplePrediction[];
  samples: readonly Sample[];
  /** What the data set's images show. */
  scene: Scene;
  /** Of a synthesised data set. */
  seed?: number;
  /** Folder of the files. */
  out: string;
}
