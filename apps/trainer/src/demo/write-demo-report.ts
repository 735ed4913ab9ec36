import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { readImage } from '@kanrecon/dataset/node';
import { writeAtomically } from '@kanrecon/files/node';
import { parseReconstructorConfig } from '@kanrecon/model';
import { mean } from '@kanrecon/training';
import type { RunSummary } from '@kanrecon/training/node';
import { loadCheckpoint, readRunConfig, readRunLog, runFolder } from '@kanrecon/training/node';
import sharp from 'sharp';
import { describeLimits } from '../evaluation/describe-limits.js';
import type { Evaluation } from '../evaluation/evaluate-run.js';
import { metricsRows } from '../evaluation/metrics-table.js';
import { encodePng } from '../prediction/encode-png.js';
import type { Reconstruction } from '../prediction/reconstruct-image.js';
import { reconstructImages } from '../prediction/reconstruct-images.js';
import { caseFigures } from '../report/case-figures.js';
import type { ReportCase, ReportPair } from '../report/report-data.js';
import { reportPage } from '../report/report-page.js';
import { formatDuration } from '../ui/format-duration.js';
import type { Ui } from '../ui/ui.js';

export interface DemoReportOptions {
  out: string;
  training: RunSummary;
  test: Evaluation;
  sample?: Evaluation;
  ui: Ui;
  signal: AbortSignal;
}

/** Test images shown among "more reconstructions", and at most so many of the sample's. */
const testPairs = 6;
const samplePairs = 12;
const pairSize = 160;

/** Reconstructs some images, draws the figures and writes `report.html`. @returns its path */
export async function writeDemoReport(options: DemoReportOptions): Promise<string> {
  const { out, test, training } = options;
  const folder = runFolder(out);
  const { experiment, versions } = await readRunConfig(folder);
  const { model, optimizer, budget, batchSize, schedule, augmentation, seed } = experiment;
  const { backbone, head, imageSize } = parseReconstructorConfig(model);
  const scores = [
    {
      title: 'Test images',
      about: `${test.images} images of objects that training never saw. ${describeLimits(test.limits)}`,
      rows: metricsRows(test.scores, test.bestPossible),
      combinations: test.scores.combinations,
    },
  ];
  if (options.sample) {
    const { images, scores: own, bestPossible: best } = options.sample;
    const about = `${images} images of the data set in dataset/sample, among them renders made with Blender. So few images give a rough score.`;
    scores.push({ title: 'Sample images', about, rows: metricsRows(own, best), combinations: own.combinations });
  }
  const { visible } = test.scores;
  const bestVisible = mean(
    test.bestPossible.perParameter.filter(({ name }) => visible.includes(name)).map(({ r2 }) => r2),
  );
  const facts = [
    { value: test.scores.r2Visible.toFixed(3), about: `R² over the ${test.scores.visible.length} visible parameters` },
    ...(bestVisible
      ? [
          {
            value: `${Math.max(0, Math.round((100 * test.scores.r2Visible) / bestVisible))} %`,
            about: `of the best possible ${bestVisible.toFixed(3)}`,
          },
        ]
      : []),
    { value: formatDuration(training.seconds), about: `training time on ${training.backend}` },
    { value: String(Math.round(training.last?.images_per_second ?? 0)), about: 'training images per second' },
    { value: training.parameters.trainable.toLocaleString('en'), about: 'trainable parameters' },
  ];
  const page = await reportPage({
    title: 'Spiral cylinders from single images',
    model: training.name,
    facts,
    history: await readRunLog(folder),
    bestPossibleVisible: bestVisible,
    scores,
    cases: await reportCases(test),
    pairs: await reportPairs(options),
    details: {
      network: `${backbone} at ${imageSize} × ${imageSize} pixels, head ${head.type} ${JSON.stringify(head.widths)}`,
      training: `${budget.epochs} epochs, batch ${batchSize}, AdamW ${optimizer.learningRate}, decay ${optimizer.weightDecay}, ${schedule}, augmentation ${augmentation.join(', ') || 'none'}, seed ${seed}`,
      machine: `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}`,
      versions: Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
      repeat: 'kanrecon demo --fresh',
    },
  });
  const path = join(out, 'report.html');
  await writeAtomically(path, page);
  return path;
}

async function reportCases({ predictions, scene, seed }: Evaluation): Promise<ReportCase[]> {
  const picked = [
    ['Best', predictions[0]!],
    ['Median', predictions[Math.floor(predictions.length / 2)]!],
    ['Worst', predictions.at(-1)!],
  ] as const;
  const cases: ReportCase[] = [];
  for (const [title, prediction] of picked) {
    cases.push({ title, prediction, figures: await caseFigures({ scene, seed }, prediction) });
  }
  return cases;
}

/** Reconstructs images one by one, as `kanrecon predict` does, files included. */
async function reportPairs({ out, test, sample, ui, signal }: DemoReportOptions): Promise<ReportPair[]> {
  const { reconstructor } = await loadCheckpoint(runFolder(out), 'best');
  const folder = join(out, 'reconstructions');
  const images = [...evenly(imagesOf(test), testPairs), ...evenly(imagesOf(sample), samplePairs)];
  try {
    const { done } = await reconstructImages(
      images,
      { reconstructor, scene: test.scene, out: folder, format: 'glb' },
      ui,
      signal,
    );
    return await Promise.all(done.map((reconstruction) => reportPair(reconstruction, folder)));
  } finally {
    reconstructor.dispose();
  }
}

function imagesOf(evaluation: Evaluation | undefined): string[] {
  return evaluation?.samples.map(({ imagePath }) => imagePath) ?? [];
}

function evenly<T>(items: readonly T[], count: number): T[] {
  const used = Math.min(count, items.length);
  return Array.from({ length: used }, (_, i) => items[Math.floor(((i + 0.5) * items.length) / used)]!);
}

async function reportPair(reconstruction: Reconstruction, folder: string): Promise<ReportPair> {
  const input = await encodePng(await readImage(reconstruction.image, { size: pairSize }));
  const file = await readFile(join(folder, reconstruction.rendering));
  return { reconstruction, input, rendering: await sharp(file).resize(pairSize).png().toBuffer() };
}
