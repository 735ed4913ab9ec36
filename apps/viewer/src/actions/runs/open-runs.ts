import { ViewerError } from '../../image/viewer-error.js';
import { freeName } from '../../state/free-name.js';
import { groupFiles, type RunPaths } from '../../state/runs/group-files.js';
import { type FileAt, imageFiles } from '../../state/runs/image-files.js';
import { readEvaluation, withRanges } from '../../state/runs/read-evaluation.js';
import { readRanges } from '../../state/runs/read-ranges.js';
import { readTraining } from '../../state/runs/read-run.js';
import { allRuns, chosenRuns, mostShown, openedRuns, shownRuns } from '../../state/runs/runs.js';
import type { ViewerEvaluation, ViewerRun } from '../../state/runs/viewer-run.js';
import { notify } from '../../state/store.js';
import { sentenceOf } from '../../worker/sentence-of.js';
import { report } from '../report.js';
import { runFilesOf } from './run-files.js';

/** A log of ten thousand epochs has 5 MB. */
const mostText = 256 * 2 ** 20;
let opened = 0;

/** Opens runs: a run's folder, its files, or an archive of them. What of it cannot be used is said in a sentence. */
export async function openRuns(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  try {
    const found = await runFilesOf(files);
    const { runs, problems } = groupFiles(found.map(({ path }) => path));
    for (const problem of problems) notify('error', problem);
    if (runs.length === 0) {
      if (problems.length > 0) return;
      throw new ViewerError(
        `${whatOf(files)} holds no run; expected log.jsonl and metrics.json of a training, or evaluation.json with predictions.csv of kanrecon evaluate.`,
      );
    }
    // One that cannot be opened keeps none of the others away.
    for (const run of runs) await openRun(run, found).catch(report);
  } catch (error) {
    report(error);
  }
}

async function openRun(paths: RunPaths, files: readonly FileAt[]): Promise<void> {
  const textOf = async (path: string) => {
    const { file } = files.find((one) => one.path === path)!;
    if (file.size > mostText) throw new ViewerError(`“${path}” is too large for a file of a run.`);
    return file.text();
  };
  const { log, metrics, folder } = paths;
  const notes: string[] = [];
  const evaluations: ViewerEvaluation[] = [];
  const ranges = await rangesOf(paths.configs, textOf);
  for (const { folder: place, evaluation, predictions } of paths.evaluations) {
    try {
      const texts = { evaluation: await textOf(evaluation), predictions: await textOf(predictions) };
      const found = readEvaluation({ key: place, ...texts }, (path) => {
        return { kind: 'files', files: imageFiles(files, path) };
      });
      if (typeof found !== 'string') evaluations.push(ranges ? withRanges(found, ranges) : found);
      else notes.push(`The evaluation in ${place || 'these files'} cannot be used: ${found}.`);
    } catch (error) {
      notes.push(`The evaluation in ${place || 'these files'} cannot be read: ${sentenceOf(error)}`);
    }
  }
  const alone = log === undefined && metrics === undefined;
  const told = readTraining({
    ...(log !== undefined && { log: await textOf(log) }),
    ...(metrics !== undefined && { metrics: await textOf(metrics) }),
  });
  // Of an evaluation by itself nobody expects curves.
  if (!alone) notes.unshift(...told.notes);
  else if (evaluations.length === 0) throw new ViewerError(notes.join(' '));
  const wanted = folder.split('/').at(-2) ?? told.summary?.name ?? evaluations[0]?.told.name ?? 'opened files';
  const name = freeName(wanted, new Set(allRuns.value.map((run) => run.name)));
  const run: ViewerRun = { ...told, key: `file ${++opened}`, name, from: 'file', notes, evaluations };
  const shown = shownRuns.value.map(({ run: { key } }) => key);
  openedRuns.value = [...openedRuns.value, run];
  // The newest one is looked at, beside those that are.
  chosenRuns.value = [...shown.slice(-(mostShown - 1)), run.key];
}

/** What the run's model learned, from the first file that tells it. */
async function rangesOf(configs: readonly string[], textOf: (path: string) => Promise<string>) {
  for (const path of configs) {
    const ranges = readRanges(await textOf(path).catch(() => ''));
    if (ranges) return ranges;
  }
  return undefined;
}

/** Takes an opened run away again; its files stay where they are. */
export function closeRun(key: string): void {
  openedRuns.value = openedRuns.value.filter((run) => run.key !== key);
}

function whatOf(files: readonly File[]): string {
  const [first] = files;
  const place = first!.webkitRelativePath.split('/')[0];
  if (place) return `The folder “${place}”`;
  return files.length === 1 ? `“${first!.name}”` : 'What was opened';
}
