import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatasetError } from '@kanrecon/dataset';
import { makeFolder, writeAtomically } from '@kanrecon/files/node';
import { pretrainedFolder } from '@kanrecon/pretrained/node';
import type { RunSummary } from '@kanrecon/training/node';
import { chooseBackend } from '@kanrecon/training/node';
import { UserError } from '../cli/user-error.js';
import { synthesize } from '../data/synthesize.js';
import { evaluateRun } from '../evaluation/evaluate-run.js';
import type { Evaluation } from '../evaluation/evaluation.js';
import { countSplits } from '../ui/count-of.js';
import { showTraining } from '../ui/show-training.js';
import type { DemoOptions } from './demo-options.js';
import { demoShipped, readShipped } from './read-shipped.js';
import { trainDemo } from './train-demo.js';
import { writeDemoReport } from './write-demo-report.js';

/** What the demo ended with. */
export interface DemoResult {
  /** False when Ctrl-C came first. */
  finished: boolean;
  report?: string;
  training: RunSummary;
  test?: Evaluation;
  sample?: Evaluation;
  /** How the shipped model scores on the same test images, if it is of the same scene. */
  shipped?: Evaluation;
}

/** Folder of sample images, looked for in the working directory. */
const sampleFolder = join('dataset', 'sample');

/** What the demo makes in its folder. */
const made = [
  'config.json',
  'log.jsonl',
  'metrics.json',
  'best',
  'last',
  'data',
  'evaluation',
  'reconstructions',
  'shipped',
  'report.html',
];

/**
 * The whole way in one command: what a network that comes along makes of new images, then synthesise, train, evaluate, reconstruct,
 * report. What an earlier demo finished is kept, what it began is continued; the first step takes seconds and is done anew.
 */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const { out, fresh, seed, ui, signal, backend, refineImages } = options;
  await claimFolder(out);
  if (fresh) for (const name of made) await rm(join(out, name), { recursive: true, force: true });

  const active = await chooseBackend(backend, showTraining(ui), signal);
  ui.say('1. Reading new objects with a network that comes along, and refining what it says');
  const folder = join(out, 'shipped');
  const pairs = await readShipped(folder, { seed, ui, signal });
  ui.say(`   Pictures, meshes and numbers: ${join(folder, 'found')}`);

  ui.say('2. Rendering a data set of spiral cylinders');
  const dataset = join(out, 'data');
  const { counts } = await synthesizeDemo(options, dataset);
  ui.say(`   ${countSplits(counts)} in ${dataset}`);

  ui.say('3. Training a network of your own');
  const training = await trainDemo({ ...options, backend: active.name }, dataset);
  if (!training.finished) return { finished: false, training };

  ui.say('4. Evaluating');
  const common = {
    run: out,
    checkpoint: 'best',
    split: 'test',
    onInvalid: 'skip',
    // 0.4 s of processor time an image: `evaluate --report` has them, the demo only those of the cases that it shows.
    distances: false,
    ui,
    signal,
  } as const;
  const refine = refineImages > 0 ? { images: refineImages } : undefined;
  const own = await evaluateRun({ ...common, dataset, refine, paths: true });
  const place = { kind: 'model', at: pretrainedFolder(demoShipped) } as const;
  const shipped = await evaluateRun({ ...common, run: place, out: join(folder, 'evaluation'), dataset });
  const hasSample = existsSync(join(sampleFolder, 'test'));
  const sample = hasSample ? await evaluateRun({ ...common, dataset: sampleFolder }) : undefined;

  ui.say('5. Reconstructing and writing the report');
  const report = await writeDemoReport({ out, test: own, sample, shipped: { pairs, test: shipped }, ui, signal });
  return { finished: true, report, training, test: own, sample, shipped };
}

/** Hidden file that says that a demo made what lies in the folder under the names of {@link made}. */
const markName = '.kanrecon-demo';

/**
 * Makes the folder the demo's. What lies there under the demo's names otherwise is another's, a run's or a user's, and neither to be gone
 * on with nor to be thrown away.
 *
 * @throws UserError in that case
 */
async function claimFolder(out: string): Promise<void> {
  const mark = join(out, markName);
  if (existsSync(mark)) return;
  const present = made.filter((name) => existsSync(join(out, name)));
  if (present.length > 0) {
    throw new UserError(
      `${out} holds what no demo made (${present.join(', ')}); choose another --out, for example --out runs/demo-2.`,
    );
  }
  await makeFolder(out);
  await writeAtomically(mark, '');
}

async function synthesizeDemo({ settings, seed, ui, signal, out }: DemoOptions, dir: string) {
  const { shapes, views, renderSize: imageSize, split } = settings;
  try {
    return await synthesize({ dir, shapes, viewsPerShape: views, imageSize, split, seed }, ui, signal);
  } catch (error) {
    if (!(error instanceof DatasetError) || error.reason !== 'other-settings') throw error;
    throw new UserError(`${out} holds the data set of a demo with other settings; start over with --fresh.`, {
      cause: error,
    });
  }
}
