import { basename } from 'node:path';
import { sampleView } from '@kanrecon/dataset';
import { decodeImage } from '@kanrecon/dataset/node';
import type { Reconstructor } from '@kanrecon/model';
import { reconstruct } from '@kanrecon/reconstruction';
import type { Evaluation } from '../evaluation/evaluation.js';
import { countOf } from '../ui/count-of.js';
import { evenly } from './evenly.js';
import { networkGallery } from './network-gallery.js';
import type { ReportPair } from './report-data.js';
import { pairSize, reportPair } from './report-pair.js';
import { writeRunReport } from './write-run-report.js';

const titles = { train: 'Training images', val: 'Validation images', test: 'Test images' } as const;
/** Images shown among "more reconstructions". */
const mostPairs = 6;
/** Of the mesh, which the page does not show. */
const meshSteps = { uSteps: 2, vSteps: 2 };

/** Reconstructs some of an evaluation's images, draws the figures and writes the page `path`. */
export async function writeEvaluationReport(
  path: string,
  evaluation: Evaluation,
  reconstructor: Reconstructor,
  signal: AbortSignal,
): Promise<void> {
  const { dataset, split, images, surface, checkpoint } = evaluation;
  const name = basename(dataset);
  await writeRunReport({
    path,
    title: `${surface} from single images`,
    evaluations: [
      {
        evaluation,
        title: titles[split],
        about: `${countOf(images, 'image')} of the ${split} split of ${name}, read by ${checkpoint ? `the ${checkpoint} checkpoint` : 'a model by itself'}.`,
      },
    ],
    galleries: [networkGallery(await reportPairs(evaluation, reconstructor, signal))],
    ...(checkpoint === null && { model: reconstructor }),
    details: { data: `${name}, ${split} split, scene ${evaluation.scene.name}`, ...(checkpoint && { checkpoint }) },
  });
}

async function reportPairs(
  { samples, scene, seed }: Evaluation,
  reconstructor: Reconstructor,
  signal: AbortSignal,
): Promise<ReportPair[]> {
  const pairs: ReportPair[] = [];
  for (const sample of evenly(samples, mostPairs)) {
    signal.throwIfAborted();
    const image = await decodeImage(sample.imagePath);
    const view = sampleView(scene, sample, seed);
    const { rendering } = await reconstruct(image, reconstructor, { scene, view, meshSteps, renderingSize: pairSize });
    pairs.push(await reportPair(sample.imagePath, image, rendering));
  }
  return pairs;
}
