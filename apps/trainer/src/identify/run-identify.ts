import { join } from 'node:path';
import { OutputFiles, withFolder } from '@kanrecon/files/node';
import {
  type BestPossibleScores,
  decidedScores,
  type Identifiability,
  identifiability,
} from '@kanrecon/identifiability';
import type { Scene } from '@kanrecon/scene';
import type { Ui } from '../ui/ui.js';

export interface IdentifyOptions {
  scene: Scene;
  draws: number;
  size: number;
  samples: number;
  seed: number;
  /** Folder for `identify.json` and `identify.svg`; nothing is written when left out. */
  out?: string;
  ui: Ui;
  signal: AbortSignal;
}

/** What `identify.json` holds and `identify --json` prints. */
export interface IdentifyResult extends Identifiability {
  /** `null` where something is undecided; upper bounds (of R²) and lower ones (of errors) where something is unexplained. */
  bestPossible: BestPossibleScores | null;
}

/** Finds what images tell of their parameters, and writes it down as JSON and as a figure. */
export async function runIdentify(options: IdentifyOptions): Promise<IdentifyResult> {
  const { scene, out } = options;
  if (out === undefined) return identify(options);
  const files = new OutputFiles();
  const [json, figure] = [{ path: join(out, 'identify.json') }, { path: join(out, 'identify.svg') }];
  await files.check([json, figure]);
  // Charts take longer to load than many a scene to be looked at.
  const { encodePng } = await import('../prediction/encode-png.js');
  const { identifyFigure } = await import('@kanrecon/identifiability/figure');
  return withFolder(out, async () => {
    const result = await identify(options);
    await files.write(json, `${JSON.stringify(result, null, 2)}\n`);
    await files.write(figure, await identifyFigure(scene, result, { encodePng }));
    return result;
  });
}

async function identify({ scene, draws, size, samples, seed, ui, signal }: IdentifyOptions): Promise<IdentifyResult> {
  const progress = ui.progress({ label: 'Looking at objects', total: draws, unit: 'objects' });
  let found: Identifiability;
  try {
    const onProgress = (done: number) => progress.update(done);
    found = await identifiability(scene, { draws, size, samples, seed, onProgress, signal });
  } finally {
    progress.stop();
  }
  const bestPossible = decidedScores(scene.surface, found, { seed });
  return { ...found, bestPossible };
}
