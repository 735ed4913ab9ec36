import { availableParallelism, cpus } from 'node:os';
import { join, parse } from 'node:path';
import { pretrainedModels } from '@kanrecon/pretrained/node';
import { loadCheckpoint, runFolder } from '@kanrecon/training/node';
import type { Evaluation } from '../evaluation/evaluation.js';
import { prepareReconstructions } from '../prediction/reconstruct-images.js';
import { evenly } from '../report/evenly.js';
import { networkGallery } from '../report/network-gallery.js';
import type { ReportPair } from '../report/report-data.js';
import { reportPair } from '../report/report-pair.js';
import { type ReportedEvaluation, writeRunReport } from '../report/write-run-report.js';
import { countOf } from '../ui/count-of.js';
import type { Ui } from '../ui/ui.js';
import { demoShipped } from './read-shipped.js';

export interface DemoReportOptions {
  out: string;
  test: Evaluation;
  sample?: Evaluation;
  /** What the network that comes along found in new images, and how it scores on the demo's test images. */
  shipped: { readonly pairs: readonly ReportPair[]; readonly test: Evaluation | undefined };
  ui: Ui;
  signal: AbortSignal;
}

/** Test images shown among "more reconstructions", and at most so many of the sample's. */
const testPairs = 6;
const samplePairs = 12;

/** Reconstructs some images, draws the figures and writes `report.html`. @returns its path */
export async function writeDemoReport(options: DemoReportOptions): Promise<string> {
  const { out, test, sample, shipped } = options;
  const path = join(out, 'report.html');
  const others: ReportedEvaluation[] = [];
  if (shipped.test) {
    const card = pretrainedModels.find(({ name }) => name === demoShipped)!.card;
    const about = `The same images, read by the shipped model ${demoShipped}, which was trained on ${card.training.images.toLocaleString('en')} images.`;
    others.push({ evaluation: shipped.test, title: 'A network that comes along', about });
  }
  if (sample) {
    const about = `${countOf(sample.images, 'image')} of the data set in dataset/sample, among them renders made with Blender. So few images give a rough score.`;
    others.push({ evaluation: sample, title: 'Sample images', about });
  }
  const about = `${countOf(test.images, 'image')} of objects that training never saw.`;
  await writeRunReport({
    path,
    title: 'Spiral cylinders from single images',
    evaluations: [{ evaluation: test, title: 'Test images', about }, ...others],
    galleries: [
      networkGallery(await reportPairs(options)),
      {
        title: 'Read by a network that comes along',
        about: `New objects, read by the shipped model ${demoShipped} before anything was trained, and refined by rendering: left the image, right the shape that fits best.`,
        pairs: shipped.pairs,
      },
    ],
    details: {
      machine: `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}`,
      repeat: 'kanrecon demo --fresh',
    },
  });
  return path;
}

/** Reconstructs images one by one, as `kanrecon predict` does, files included. */
async function reportPairs({ out, test, sample, ui, signal }: DemoReportOptions): Promise<ReportPair[]> {
  const { reconstructor } = await loadCheckpoint(runFolder(out), 'best');
  const images = [...evenly(imagesOf(test), testPairs), ...evenly(imagesOf(sample), samplePairs)];
  const files = images.map((path) => ({ shown: path, source: path, name: parse(path).name }));
  const wanted = {
    out: join(out, 'reconstructions'),
    mesh: { format: 'glb', steps: 100 },
    renderingSize: 256,
    table: true,
    // The report is about the network.
    refined: false,
  } as const;
  const work = await prepareReconstructions(files, wanted, true);
  const pairs: ReportPair[] = [];
  try {
    await work.run(
      {
        reconstructor,
        scene: test.scene,
        async onImage({ json, image, rendering }) {
          pairs.push(await reportPair(json.image, image, rendering));
        },
      },
      ui,
      signal,
    );
  } finally {
    await work.close();
    reconstructor.dispose();
  }
  return pairs;
}

function imagesOf(evaluation: Evaluation | undefined): string[] {
  return evaluation?.samples.map(({ imagePath }) => imagePath) ?? [];
}
