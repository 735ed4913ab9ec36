import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { loadServedRuns } from '../../actions/runs/load-served-runs.js';
import { allRuns, scoredRuns, shownRuns } from '../../state/runs/runs.js';
import { CasePanel } from './case-panel.js';
import { CurvesPanel } from './curves-panel.js';
import { RunsPanel } from './runs-panel.js';
import { ScatterPanel } from './scatter-panel.js';
import { ScoresPanel } from './scores-panel.js';
import '../../style/runs.css';

/** Runs: their curves and scores, and their networks' answers one by one. */
export function RunsPage(): JSX.Element {
  useEffect(() => void loadServedRuns(), []);
  const any = allRuns.value.length > 0;
  return (
    <main class="layout runs">
      <RunsPanel />
      <div class="runs-stage">
        {any ? shownRuns.value.length === 0 && <Hint words="Choose a run to see it." /> : <Hint words={howToGetOne} />}
        <CurvesPanel />
        <ScoresPanel />
        <ScatterPanel />
      </div>
      {scoredRuns.value.length > 0 && <CasePanel />}
    </main>
  );
}

const howToGetOne =
  'There is no run yet: train a network here, open the folder or the files of one that kanrecon train has made, or start the page with “kanrecon viewer runs/first”.';

function Hint({ words }: { words: string }): JSX.Element {
  return (
    <section class="panel">
      <p class="hint">{words}</p>
    </section>
  );
}
