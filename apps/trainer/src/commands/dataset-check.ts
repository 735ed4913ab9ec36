import { availableParallelism } from 'node:os';
import { defineCommand } from '../cli/define-command.js';
import { exitCodes } from '../cli/exit-codes.js';
import { integer, number } from '../cli/option-types.js';

/** `kanrecon dataset check`: whether images and labels of a data set can be believed. */
export const datasetCheckCommand = defineCommand({
  name: 'dataset check',
  args: '<dir>',
  about: 'Count, draw histograms, find what is in two splits and labels that their images contradict (exit code 1)',
  options: {
    'min-iou': number({
      about:
        "Least overlap (IoU) of the object in an image from elsewhere and the label's (ours: .999; Blender's: by pixels)",
      min: 0,
      max: 1,
      default: 0.99,
    }),
    'max-difference': number({
      about: 'Greatest mean difference, of 255, in the worst of 8 × 8 parts of an image from elsewhere (ours: 0.5)',
      min: 0,
      default: 16,
    }),
    'near-duplicate': number({
      about: 'Images of two splits that differ by less, of 255, at 16 × 16 pixels are near duplicates',
      min: 0,
      default: 0.5,
    }),
    bins: integer({ about: "Parts of each parameter's range in its histogram", min: 1, max: 200, default: 10 }),
    worst: integer({ about: 'How many of the worst samples to list', default: 5 }),
    workers: integer({ about: 'Threads', min: 1, max: 256, default: availableParallelism() }),
  },
  examples: ['kanrecon dataset check data', 'kanrecon dataset check data --json > report.json'],
  async run({ args: [dir], options, ui, signal }) {
    const { 'min-iou': minIou, 'max-difference': maxDifference, 'near-duplicate': nearDuplicate } = options;
    const { bins, workers, worst } = options;
    const { checkData } = await import('../data/check-data.js');
    const { describeReport } = await import('../data/describe-report.js');
    const bounds = { minIou, maxDifference, nearDuplicate };
    const report = await checkData(dir!, { ...bounds, bins, workers }, ui, signal);
    for (const line of describeReport(report, worst)) ui.say(line);
    const { compared, ...rest } = report;
    const sum = compared.reduce((total, { iou }) => total + iou, 0);
    const overlap = { count: compared.length, meanIou: compared.length > 0 ? sum / compared.length : null };
    const found = report.findings.length + report.problems.length;
    return {
      json: { ...rest, compared: { ...overlap, worst: compared.slice(0, worst) } },
      exitCode: found > 0 ? exitCodes.findings : exitCodes.done,
    };
  },
});
