import { backendChoices } from '../backends/backend-choices.js';
import { defineCommand } from '../cli/define-command.js';
import { choice, flag, integer, text } from '../cli/option-types.js';
import { UserError } from '../cli/user-error.js';
import { usualBudget } from '../evaluation/usual-budget.js';
import { countOf } from '../ui/count-of.js';
import { undefinedScoreNote } from '../ui/fixed.js';
import { showTraining } from '../ui/show-training.js';

/** `kanrecon evaluate`: how good a trained run is on a split of a data set. */
export const evaluateCommand = defineCommand({
  name: 'evaluate',
  args: '<run>',
  needs: '--dataset <dir>',
  about: 'Score a trained run on a data set, beside the best possible score',
  options: {
    dataset: text({ about: 'Folder of the data set', value: 'dir', default: undefined }),
    split: choice({ about: 'Which part of it', of: ['train', 'val', 'test'], default: 'test' }),
    checkpoint: choice({ about: 'Which checkpoint of a run', of: ['best', 'last'], default: 'best' }),
    out: text({
      about: 'Folder for the files (default: evaluation/… in the run; a model by itself needs one)',
      value: 'dir',
      default: undefined,
    }),
    backend: choice({ about: 'What computes (see "kanrecon backends")', of: backendChoices, default: 'auto' }),
    'on-invalid': choice({ about: 'Broken or missing labels and images', of: ['refuse', 'skip'], default: 'refuse' }),
    'no-distances': flag({
      about: 'Do not measure how far predicted and real surfaces are apart (saves 0.4 s of processor time an image)',
    }),
    refine: flag({
      about: 'Refine the answers by rendering and score them again (seconds of processor time an image)',
    }),
    'refine-images': integer({
      about: 'How many images to refine, spread over the split (default: all)',
      min: 1,
      default: undefined,
    }),
    'refine-budget': integer({ about: 'Renderings an image, about', min: 100, max: 1_000_000, default: usualBudget }),
    report: flag({
      about: 'Also write report.html: scores, figures of predictions, reconstructions on one page',
    }),
  },
  examples: [
    'kanrecon evaluate runs/first --dataset data',
    'kanrecon evaluate runs/first --dataset data --report',
    'kanrecon evaluate runs/first --dataset data --refine --refine-images 40 --report',
    'kanrecon evaluate runs/first --dataset data --split val --no-distances --json',
  ],
  async run({ args, options, given, ui, signal }) {
    const { dataset, split, checkpoint, out, backend, report } = options;
    if (!dataset) throw new UserError('evaluate needs --dataset, the folder of a data set.');
    const idle = ['refine-images', 'refine-budget'].find((name) => given.has(name));
    if (idle && !options.refine)
      throw new UserError(`--${idle} is about refinement; give --refine too, or leave it out.`);
    const { chooseBackend } = await import('@kanrecon/training/node');
    const { refuseOutFolder } = await import('../data/refuse-out-folder.js');
    const { findNetwork } = await import('../prediction/find-network.js');
    // Before a backend is chosen, which may take a while.
    const run = await findNetwork(args[0]!, checkpoint, given.has('checkpoint'));
    if (out !== undefined) refuseOutFolder(out, 'results');
    const { describeCamera } = await import('../evaluation/evaluate-camera.js');
    const { coverageTable } = await import('../evaluation/coverage-table.js');
    const { evaluateRun } = await import('../evaluation/evaluate-run.js');
    const { evaluationJson } = await import('../evaluation/evaluation-json.js');
    const { distancesTable } = await import('../evaluation/distances-table.js');
    const { combinationsTable, metricsTable } = await import('../evaluation/metrics-table.js');
    const { refinedTables } = await import('../evaluation/refined-tables.js');
    const { describeIntervals, describeLimits, metricsRows } = await import('@kanrecon/training/report');
    await chooseBackend(backend, showTraining(ui), signal);
    const onInvalid = options['on-invalid'];
    const distances = !options['no-distances'];
    const refine = options.refine
      ? {
          budget: options['refine-budget'],
          ...(options['refine-images'] !== undefined && { images: options['refine-images'] }),
        }
      : undefined;
    const evaluation = await evaluateRun({
      run,
      ...{ dataset, split, checkpoint, out, onInvalid, distances, refine, report, ui, signal },
    });
    const which = evaluation.checkpoint ? `${evaluation.checkpoint} checkpoint` : 'a model by itself';
    ui.say(`\n${evaluation.name}, ${which}, ${countOf(evaluation.images, `${split} image`)}\n`);
    ui.say(metricsTable(metricsRows(evaluation.scores, evaluation.bestPossible, evaluation.intervals)));
    ui.say(`\n${describeIntervals(evaluation.intervals)}`);
    const combinations = combinationsTable(evaluation.scores.combinations);
    if (combinations) ui.say(`\n${combinations}`);
    const undefinedNote = undefinedScoreNote(evaluation.scores.r2, evaluation.images);
    if (undefinedNote) ui.say(`\n${undefinedNote}`);
    const coverage = coverageTable(evaluation.coverage);
    if (coverage) ui.say(`\n${coverage}`);
    const camera = describeCamera(evaluation.camera);
    if (camera) ui.say(`\n${camera}`);
    if (evaluation.distances) ui.say(`\n${distancesTable(evaluation.distances)}`);
    if (evaluation.refined) ui.say(`\n${refinedTables(evaluation.refined)}`);
    ui.say(`\n${describeLimits(evaluation.limits)}`);
    ui.say(
      `\nWritten to ${evaluation.out}: evaluation.json, best_prediction.json, worst_prediction.json, predictions.csv${report ? ', report.html' : ''}`,
    );
    return { json: evaluationJson(evaluation) };
  },
});
