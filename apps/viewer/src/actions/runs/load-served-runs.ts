import { readEvaluation, withRanges } from '../../state/runs/read-evaluation.js';
import { readTraining } from '../../state/runs/read-run.js';
import { servedRuns } from '../../state/runs/runs.js';
import type { ViewerEvaluation, ViewerRun } from '../../state/runs/viewer-run.js';
import { models } from '../../state/store.js';
import { sentenceOf } from '../../worker/sentence-of.js';
import { loadModels } from '../load-models.js';
import { report } from '../report.js';

/** What `runs/list.json` says of a run. */
interface ListedRun {
  readonly name: string;
  readonly files: readonly string[];
  readonly evaluations: readonly string[];
}

let loading: Promise<void> | undefined;

/** Reads the runs that lie beside the page, as `kanrecon viewer <run>` serves them; once, unless they are asked for anew. */
export function loadServedRuns(anew = false): Promise<void> {
  if (anew) loading = undefined;
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    report(error);
  });
  return loading;
}

async function load(): Promise<void> {
  const listed = await listedRuns();
  if (listed.length === 0) return;
  servedRuns.value = await Promise.all(listed.map((run) => servedRun(run).catch((error) => unreadRun(run, error))));
  // What networks have made is seen without them: they take longer, or cannot be had.
  await loadModels();
  servedRuns.value = servedRuns.value.map(withModel);
}

/** A run with the model that lies in the same folder: it can be scored, and tells the ranges that it learned. */
function withModel(run: ViewerRun): ViewerRun {
  const model = [...models.value.values()].find(({ served }) => served === run.name);
  if (!model) return run;
  const { name, parameters } = model.scene.surface;
  const evaluations = run.evaluations.map((one) => (one.told.surface === name ? withRanges(one, parameters) : one));
  return { ...run, evaluations, model: model.name };
}

/** A run of which not even its own files can be had. */
function unreadRun({ name }: ListedRun, error: unknown): ViewerRun {
  const notes = [`The run cannot be read: ${sentenceOf(error)}`];
  return { key: keyOf(name), name, from: 'served', history: [], notes, evaluations: [] };
}

function keyOf(name: string): string {
  return `served ${name}`;
}

async function listedRuns(): Promise<readonly ListedRun[]> {
  const response = await fetch('runs/list.json');
  // A page that was copied without it has no runs.
  if (!response.ok) return [];
  const { runs } = (await response.json()) as { runs?: unknown };
  if (Array.isArray(runs) && runs.every(isListed)) return runs;
  throw new Error('the list of runs beside the page is damaged: expected {"runs": […]} in runs/list.json');
}

function isListed(run: unknown): run is ListedRun {
  const isNames = (names: unknown) => Array.isArray(names) && names.every((name) => typeof name === 'string');
  const { name, files, evaluations } = (run ?? {}) as Record<string, unknown>;
  return typeof name === 'string' && isNames(files) && isNames(evaluations);
}

async function servedRun({ name, files, evaluations }: ListedRun): Promise<ViewerRun> {
  const address = `runs/${encodeURIComponent(name)}/`;
  const optional = async (file: string) => (files.includes(file) ? textAt(address + file) : undefined);
  const [log, metrics] = await Promise.all([optional('log.jsonl'), optional('metrics.json')]);
  const told = readTraining({ ...(log !== undefined && { log }), ...(metrics !== undefined && { metrics }) });
  const notes = [...told.notes];
  const read: ViewerEvaluation[] = [];
  for (const folder of evaluations) {
    const place = `${address}evaluation/${encodeURIComponent(folder)}/`;
    try {
      const [evaluation, predictions] = await Promise.all([
        textAt(`${place}evaluation.json`),
        textAt(`${place}predictions.csv`),
      ]);
      const pictures = { kind: 'served', address: `${place}images/` } as const;
      const found = readEvaluation({ key: folder, evaluation, predictions }, () => pictures);
      if (typeof found === 'string') notes.push(`The evaluation “${folder}” cannot be used: ${found}.`);
      else read.push(found);
    } catch (error) {
      notes.push(`The evaluation “${folder}” cannot be read: ${sentenceOf(error)}`);
    }
  }
  return { ...told, key: keyOf(name), name, from: 'served', notes, evaluations: read };
}

async function textAt(address: string): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} is answered with status ${response.status}`);
  return response.text();
}
