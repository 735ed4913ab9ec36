import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { showEvaluation, showRun } from '../../actions/runs/choose-run.js';
import { closeRun, openRuns } from '../../actions/runs/open-runs.js';
import { saveReport } from '../../actions/runs/save-report.js';
import { scoreRun, stopScoring } from '../../actions/runs/score-run.js';
import { allRuns, mostShown, scoring, shownRuns } from '../../state/runs/runs.js';
import type { ViewerRun } from '../../state/runs/viewer-run.js';
import { Icon } from '../icon.js';
import { IconButton } from '../icon-button.js';
import { SeriesMark } from './series-mark.js';

/** Which runs there are and which are shown, and how others come in. */
export function RunsPanel(): JSX.Element {
  const runs = allRuns.value;
  return (
    <aside class="images surfaces runs-panel" aria-label="Runs">
      {runs.length > 0 && (
        <fieldset class="run-list">
          <legend>Runs</legend>
          {runs.map((run) => (
            <RunRow key={run.key} run={run} />
          ))}
          {runs.length > mostShown && <p class="hint">Up to {mostShown} are shown at once.</p>}
        </fieldset>
      )}
      <OpenRuns />
      <div class="own-buttons">
        <button type="button" class="button" disabled={shownRuns.value.length === 0} onClick={() => void saveReport()}>
          <Icon name="save" /> Save as HTML
        </button>
      </div>
    </aside>
  );
}

function RunRow({ run }: { run: ViewerRun }): JSX.Element {
  const { key, name, from, evaluations, notes, model, settings } = run;
  const shown = shownRuns.value.find((one) => one.run.key === key);
  const busy = scoring.value?.key === key ? scoring.value : undefined;
  const scorable = shown && model !== undefined && !evaluations.some(({ pictures }) => pictures.kind === 'drawn');
  return (
    <div class="run-row">
      <div class="run-head">
        <label class="check">
          <input
            type="checkbox"
            checked={shown !== undefined}
            onChange={({ currentTarget }) => showRun(key, currentTarget.checked)}
          />
          {shown && <SeriesMark color={shown.color} />}
          <span class="run-name">{name}</span>
        </label>
        {from === 'file' && <IconButton icon="close" label={`Close ${name}`} onClick={() => closeRun(key)} />}
      </div>
      <p class="hint">{worthWords(run)}</p>
      {shown && settings !== undefined && <p class="hint run-settings">{settings}</p>}
      {shown &&
        notes.map((note) => (
          <p key={note} class="hint">
            {note}
          </p>
        ))}
      {shown && evaluations.length > 1 && (
        <label class="field">
          Scores on
          <select
            value={shown.evaluation?.key}
            onChange={({ currentTarget }) => showEvaluation(key, currentTarget.value)}
          >
            {evaluations.map((evaluation) => (
              <option key={evaluation.key} value={evaluation.key}>
                {evaluation.title}
              </option>
            ))}
          </select>
        </label>
      )}
      {(busy || scorable) && (
        <div class="own-buttons">
          {busy ? (
            <>
              <button type="button" class="button" onClick={stopScoring}>
                Stop
              </button>
              <span class="hint" role="status">
                {busy.done} of {busy.total} images
              </span>
            </>
          ) : (
            <button
              type="button"
              class="button"
              disabled={scoring.value !== undefined}
              onClick={() => void scoreRun(run)}
            >
              Score on new images<span class="visually-hidden"> by {name}</span>
            </button>
          )}
        </div>
      )}
    </div>
  );
}

const origins = { served: 'Served with the page', kept: 'Trained here', file: 'From files' } as const;

function worthWords({ from, history, summary, ofEpochs, model }: ViewerRun): string {
  const done = history.length === 1 ? '1 epoch' : `${history.length} epochs`;
  const unfinished = ofEpochs !== undefined && history.length < ofEpochs;
  const epochs = unfinished ? `${history.length} of ${ofEpochs} epochs` : done;
  // One that is trained at this moment has no network yet that could be asked.
  const stopped = (summary && !summary.finished) || (unfinished && model !== undefined) ? ', stopped' : '';
  return `${origins[from]}${history.length > 0 ? `, ${epochs}` : ''}${stopped}.`;
}

/** Opens runs from files, or from a folder. */
function OpenRuns(): JSX.Element {
  const file = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (folder.current) folder.current.webkitdirectory = true;
  }, []);
  const take = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
    void openRuns([...(currentTarget.files ?? [])]);
    // The same one may be chosen again.
    currentTarget.value = '';
  };
  return (
    <div class="open-model">
      <div class="own-buttons">
        <button type="button" class="button" onClick={() => folder.current?.click()}>
          <Icon name="upload" /> Open a run’s folder
        </button>
        <button type="button" class="button" onClick={() => file.current?.click()}>
          Open files
        </button>
      </div>
      <p class="hint">
        A folder that kanrecon train has made; or log.jsonl, metrics.json, evaluation.json and predictions.csv, a zip
        file of them, and the images.
      </p>
      <input
        ref={file}
        type="file"
        accept=".jsonl,.json,.csv,.zip,.png,.jpg,.jpeg,.webp"
        multiple
        hidden
        aria-label="A run’s files"
        onChange={take}
      />
      <input ref={folder} type="file" hidden aria-label="A run’s folder" onChange={take} />
    </div>
  );
}
