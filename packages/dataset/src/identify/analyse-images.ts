import type { SurfaceParameter } from '@kanrecon/geometry';
import { describeLaw } from './describe-law.js';
import { drawSpectrum } from './draw-spectrum.js';
import { drawWeight } from './draw-weight.js';
import { noteEndChanges } from './end-changes.js';
import { findLaws } from './find-laws.js';
import type { CheckedLaw, ImageAnalysis } from './identifiability-result.js';
import type { ImageDraw } from './image-draws.js';
import { largestChange } from './image-function.js';
import { type ImageJacobian, imageJacobian } from './image-jacobian.js';
import { type InvisibleLaw, lawInterval, moveAlong } from './invisible-law.js';
import { parameterVisibility } from './parameter-visibility.js';
import { summarise } from './summarise.js';
import { visibleCombinations } from './visible-combinations.js';

/** Options of {@link analyseImages}. */
export interface AnalyseImagesOptions {
  /** Images are the same if no byte differs by more than this. */
  readonly tolerance: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Finds what images tell of their parameters; the work behind `identifiability`, for any way to make images. */
export async function analyseImages(
  parameters: readonly SurfaceParameter[],
  draws: readonly ImageDraw[],
  { tolerance, onProgress, signal }: AnalyseImagesOptions,
): Promise<ImageAnalysis> {
  const ranges = parameters.map(({ min, max }) => max - min);
  const endChanges = new Float64Array(parameters.length);
  const bases: Uint8Array[] = [];
  const jacobians: ImageJacobian[] = [];
  for (const { at, image } of draws) {
    await turn(signal);
    const base = image(at);
    bases.push(base);
    noteEndChanges({ at, image }, base, parameters, tolerance, endChanges);
    jacobians.push(imageJacobian(image, at, ranges, jacobians.at(-1)?.levels));
    onProgress?.(jacobians.length, draws.length);
  }
  const spectra = draws.map(({ at }, i) => drawSpectrum(jacobians[i], parameters, at));
  const invisible = parameters.flatMap((_, index) => (endChanges[index] <= tolerance ? [index] : []));
  const active = parameters.flatMap((_, index) => (invisible.includes(index) ? [] : [index]));
  // At single draws more may be hidden (a height seen from straight above), so the middle one counts.
  const hidden = median(spectra.map(({ invisibleDirections }) => invisibleDirections)) - invisible.length;

  const checked = new Map<InvisibleLaw, CheckedLaw>();
  const holds = async (law: InvisibleLaw) => {
    const spans: number[] = [];
    let largest = 0;
    for (const [i, { at, image }] of draws.entries()) {
      await turn(signal);
      const [from, to] = lawInterval(law, at, parameters);
      for (const t of [from, to]) {
        if (Number.isFinite(t)) largest = Math.max(largest, largestChange(bases[i], image(moveAlong(law, at, t))));
        if (largest > tolerance) return false;
      }
      spans.push(to - from);
    }
    checked.set(law, { ...law, text: describeLaw(law), largestChange: largest, span: median(spans) });
    return true;
  };
  const lawDraws = draws.map(({ at }, i) => {
    return { at, gram: jacobians[i].gram, weight: drawWeight(jacobians[i], active) };
  });
  const found = await findLaws({ draws: lawDraws, parameters, active, hidden, holds });
  const laws = found.map((law) => checked.get(law)!);
  const analysis = {
    parameters: parameterVisibility(parameters, jacobians, endChanges, invisible, laws),
    invisible: invisible.map((index) => parameters[index].name),
    laws,
    combinations: visibleCombinations(laws, parameters),
    unexplained: Math.max(0, hidden - laws.length),
    spectra,
  };
  return { ...analysis, summary: summarise(analysis) };
}

/** Lets others run, and stops if asked to. */
async function turn(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  signal?.throwIfAborted();
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
