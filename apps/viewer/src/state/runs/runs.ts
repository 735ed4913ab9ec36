import { computed, signal } from '@preact/signals';
import type { KeptTraining } from '../../storage/kept-model.js';
import type { ModelName } from '../model-name.js';
import { keptModels, training } from '../training.js';
import { type CaseOrder, casesOf } from './cases.js';
import { possibleOf } from './read-run.js';
import { settingsWords } from './settings-words.js';
import type { ViewerEvaluation, ViewerRun } from './viewer-run.js';

/** Runs that are served beside the page. */
export const servedRuns = signal<readonly ViewerRun[]>([]);

/** Runs of files that were opened. */
export const openedRuns = signal<readonly ViewerRun[]>([]);

/** Evaluations that were made in the page, by {@link networkKey}; the newest first. */
export const scoredHere = signal<ReadonlyMap<string, readonly ViewerEvaluation[]>>(new Map());

/** What is being scored, and how far that is. */
export const scoring = signal<{ readonly key: string; readonly done: number; readonly total: number } | undefined>(
  undefined,
);

// Of a training that goes on, what its run shows: the rest changes several times a second, and nothing here shall with it.
const trainingName = computed(() => training.value?.name);
const trainingSettings = computed(() => training.value?.settings);
const trainingHistory = computed(() => training.value?.history);
const trainingPossible = computed(() => training.value?.possible);

/**
 * Runs of networks that were trained in the page, the one that goes on among them. A training keeps its run, with its key, while it goes on, is
 * stopped and is resumed.
 */
const keptRuns = computed((): readonly ViewerRun[] => {
  const now = trainingName.value;
  const settings = trainingSettings.value;
  const kept = keptModels.value.flatMap(({ name, changed, training: of }): ViewerRun[] =>
    of && name !== now ? [{ ...runHere(name, of), model: name, version: changed }] : [],
  );
  if (now === undefined || !settings) return kept;
  const history = trainingHistory.value ?? [];
  return [runHere(now, { settings, history, possible: trainingPossible.value ?? null }), ...kept];
});

function runHere(
  name: ModelName,
  { history, possible, settings }: Pick<KeptTraining, 'history' | 'possible' | 'settings'>,
): ViewerRun {
  const notes = history.length === 0 ? ['There are no curves yet: the first epoch has not ended.'] : [];
  return {
    ...{ key: keyHere(name), name, from: 'kept', history, notes, evaluations: [] },
    ...{ settings: settingsWords(settings), ofEpochs: settings.epochs },
    ...(possible !== null && { possible }),
  };
}

/** The key of the run of a network that is trained here, or was. */
export function keyHere(name: ModelName): string {
  return `kept ${name}`;
}

/** Tells a run's network from that which the run makes of it when it goes on, whose scores are others. */
export function networkKey({ key, version }: Pick<ViewerRun, 'key' | 'version'>): string {
  return version === undefined ? key : `${key} ${version}`;
}

/** Every run that there is. */
export const allRuns = computed((): readonly ViewerRun[] =>
  [...servedRuns.value, ...openedRuns.value, ...keptRuns.value].map((run) => {
    const scored = scoredHere.value.get(networkKey(run)) ?? [];
    const evaluations = [...run.evaluations, ...scored];
    const possible = run.possible ?? possibleOf(evaluations);
    return { ...run, evaluations, ...(possible !== undefined && { possible }) };
  }),
);

/** More lines and clouds in one picture cannot be told apart. */
export const mostShown = 4;

/** Keys of the runs that were chosen, in the order of their colours; undefined until a person has chosen. */
export const chosenRuns = signal<readonly string[] | undefined>(undefined);

/** The evaluation that was chosen of a run, by its key. */
export const chosenEvaluations = signal<ReadonlyMap<string, string>>(new Map());

/** A run that is shown, and its scores. */
export interface ShownRun {
  readonly run: ViewerRun;
  /** Which of the colours. */
  readonly color: number;
  readonly evaluation?: ViewerEvaluation;
}

/** The runs that are shown: the first one, unless others were chosen. */
export const shownRuns = computed((): readonly ShownRun[] => {
  const all = allRuns.value;
  const chosen = [...new Set(chosenRuns.value?.flatMap((key) => all.find((run) => run.key === key) ?? []))];
  const shown =
    chosenRuns.value === undefined || (chosen.length === 0 && chosenRuns.value.length > 0) ? all.slice(0, 1) : chosen;
  return shown.map((run, color) => {
    const wanted = chosenEvaluations.value.get(run.key);
    const evaluation = run.evaluations.find(({ key }) => key === wanted) ?? run.evaluations[0];
    return { run, color, ...(evaluation && { evaluation }) };
  });
});

/** Those with scores. */
export const scoredRuns = computed(() =>
  shownRuns.value.flatMap(({ evaluation, ...shown }) => (evaluation ? [{ ...shown, evaluation }] : [])),
);

export const caseOrder = signal<CaseOrder>('worst');

/** Every case of what is shown, in the order in which they are gone through. */
export const cases = computed(() =>
  casesOf(
    scoredRuns.value.map(({ evaluation }) => evaluation),
    caseOrder.value,
  ),
);

/** The case that was chosen: in all plots, and of all runs. */
export const chosenCase = signal<string | undefined>(undefined);

/** The case that is shown: the chosen one, else the first. */
export const currentCase = computed(() => {
  const all = cases.value;
  const at = Math.max(
    0,
    all.findIndex(({ key }) => key === chosenCase.value),
  );
  const item = all[at];
  return item && { ...item, at, of: all.length };
});
