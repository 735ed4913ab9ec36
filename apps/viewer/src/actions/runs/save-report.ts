import {
  describeIntervals,
  describeLimits,
  escapeHtml,
  metricsRows,
  type ReportData,
  type ReportScores,
  refinedSection,
  reportPage,
} from '@kanrecon/training/report';
import { caseHtml } from '../../export/case-html.js';
import { safeName, saveFile } from '../../export/save-file.js';
import { factsOf, keptEpoch, sharedPossible } from '../../state/runs/facts.js';
import { currentCase, type ShownRun, scoredRuns, shownRuns } from '../../state/runs/runs.js';
import { reportScatters, scattersOf } from '../../state/runs/scatters.js';
import { report } from '../report.js';
import { caseImage } from './case-picture.js';
import { imageAddress } from './image-address.js';

/** Saves what is seen of the runs as one page that needs nothing else: the report's, with the case that is chosen. */
export async function saveReport(): Promise<void> {
  const shown = shownRuns.value;
  if (shown.length === 0) return;
  try {
    const page = await reportPage(await reportData(shown));
    const name = shown.map(({ run }) => safeName(run.name)).join('-');
    saveFile(new Blob([page], { type: 'text/html' }), `${name}.html`);
  } catch (error) {
    report(error);
  }
}

async function reportData(shown: readonly ShownRun[]): Promise<ReportData> {
  const several = shown.length > 1;
  const scored = scoredRuns.value;
  const item = currentCase.value;
  const possible = sharedPossible(shown);
  const [first] = shown;
  const names = shown.map(({ run }) => run.name);
  return {
    title: several ? `Runs ${names.join(', ')}` : `Run ${names[0]}`,
    intro: introOf(shown),
    facts: several
      ? shown.flatMap((one) =>
          factsOf(one)
            .slice(0, 2)
            .map(({ value, about }) => ({ value, about: `${one.run.name}: ${about}` })),
        )
      : factsOf(first!),
    trainings: shown.map(({ run, color }) => {
      const kept = keptEpoch(run);
      return { name: run.name, series: color, history: run.history, ...(kept !== undefined && { keptEpoch: kept }) };
    }),
    learningRates: shown.some(({ run }) => run.history.length > 1),
    trainingNotes: shown.flatMap(({ run }) => run.notes.map((note) => (several ? `${run.name}: ${note}` : note))),
    ...(possible !== undefined && { bestPossibleVisible: possible }),
    scores: scored.map(({ run, evaluation: { about, told } }): ReportScores => {
      return {
        title: several ? `Scores of ${run.name}` : 'Scores',
        about: [about, describeIntervals(told.intervals), describeLimits(told.limits)].join('\n'),
        rows: metricsRows(told.scores, told.bestPossible, told.intervals),
        combinations: told.scores.combinations,
        ...(told.distances && { distances: told.distances }),
        ...(told.refined && { below: refinedSection(told.refined, told.bestPossible) }),
      };
    }),
    scatters: reportScatters(scattersOf(scored), item?.key),
    sections: item ? [caseHtml(item, scored, await pictureOf(item))] : [],
    details: {
      runs: names.join(', '),
      ...Object.fromEntries(scored.map(({ run, evaluation }) => [`network of ${run.name}`, evaluation.told.name])),
      ...Object.fromEntries(
        shown.flatMap(({ run }) => (run.settings === undefined ? [] : [[`training of ${run.name}`, run.settings]])),
      ),
      saved: new Date().toISOString().slice(0, 16).replace('T', ' '),
      by: 'the page of kanrecon viewer',
    },
  };
}

function introOf(shown: readonly ShownRun[]): string {
  const words = shown.map(({ run }) => `<code>${escapeHtml(run.name)}</code>`).join(', ');
  return `One image in; shape parameters out. ${shown.length > 1 ? 'Runs' : 'Run'} ${words}, as seen when it was saved.`;
}

/** The case's image as an address that holds it; undefined where there is none, which the page does without. */
async function pictureOf(item: NonNullable<typeof currentCase.value>): Promise<string | undefined> {
  try {
    return await imageAddress(await caseImage(item, new AbortController().signal));
  } catch {
    return undefined;
  }
}
