import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { deleteModel, saveModel, tryModel } from '../../actions/training/own-models.js';
import { resumeTraining } from '../../actions/training/train.js';
import { chosenName, keptModels, training, unkeptNames } from '../../state/training.js';
import type { KeptModel } from '../../storage/kept-model.js';
import { OpenModel } from './open-model.js';

/** The model whose button "Delete" was pressed once. */
const doomed = signal<string | undefined>(undefined);

/** Networks of this browser's own: what they are worth, and what can be done with them. */
export function OwnModels(): JSX.Element {
  return (
    <section class="panel own-models" aria-labelledby="own-title">
      <div class="panel-head">
        <h2 id="own-title">Your models</h2>
        <span class="panel-note">{keptModels.value.length > 0 ? 'kept in this browser' : ''}</span>
      </div>
      {keptModels.value.length === 0 ? (
        <p class="hint">What is trained here appears here, and answers images at once.</p>
      ) : (
        <ul class="own-list">
          {keptModels.value.map((model) => (
            <OwnModel key={model.name} model={model} />
          ))}
        </ul>
      )}
      <OpenModel />
    </section>
  );
}

function OwnModel({ model }: { model: KeptModel }): JSX.Element {
  const { name } = model;
  const busy = training.value?.name === name;
  const kept = model.training;
  const unfinished = kept && kept.epoch < kept.settings.epochs;
  const shown = !training.value && chosenName.value === name;
  useEffect(
    () => () => {
      if (doomed.value === name) doomed.value = undefined;
    },
    [name],
  );
  return (
    <li>
      <p class="own-name">
        <strong>{name}</strong> <span class="number">{(model.bytes / 1e6).toFixed(1)} MB</span>
      </p>
      <p class="hint">{busy ? 'It is being trained.' : worthWords(model)}</p>
      <div class="own-buttons">
        <button type="button" class="button" disabled={busy} onClick={() => void tryModel(name)}>
          Try<span class="visually-hidden"> {name}</span>
        </button>
        {unfinished && (
          <button
            type="button"
            class="button"
            disabled={training.value !== undefined || unkeptNames.value.has(name)}
            onClick={() => void resumeTraining(name)}
          >
            Resume<span class="visually-hidden"> {name}</span>
          </button>
        )}
        {kept && (
          <button
            type="button"
            class="button"
            aria-pressed={shown}
            disabled={training.value !== undefined}
            onClick={() => {
              chosenName.value = shown ? undefined : name;
            }}
          >
            Curves<span class="visually-hidden"> of {name}</span>
          </button>
        )}
        <button type="button" class="button" disabled={busy} onClick={() => void saveModel(name)}>
          Save<span class="visually-hidden"> {name} as a file</span>
        </button>
        <button
          type="button"
          class="button"
          disabled={busy}
          onClick={() => {
            if (doomed.value === name) void deleteModel(name);
            else doomed.value = name;
          }}
        >
          {doomed.value === name ? 'Really delete' : 'Delete'}
          <span class="visually-hidden"> {name}</span>
        </button>
      </div>
    </li>
  );
}

function worthWords({ name, training: kept }: KeptModel): string {
  const place = unkeptNames.value.has(name) ? 'Here until the page is closed. ' : '';
  if (!kept) return `${place}From a file.`;
  const { settings, epoch, history, possible } = kept;
  const scores = history.flatMap(({ val_r2_visible: score }) => (score === null ? [] : [score]));
  const best = history.findLast((record) => record.best)?.val_r2_visible;
  const score =
    scores.length === 0 || typeof best !== 'number'
      ? 'No epoch has ended yet.'
      : `R² ${best < 0 ? 'below 0' : best.toFixed(3)}${possible === null ? '' : ` of ${possible.toFixed(3)}`}.`;
  return `${place}${score} ${epoch < settings.epochs ? `Stopped in epoch ${epoch + 1} of ${settings.epochs}.` : `All ${settings.epochs} epochs done.`}`;
}
