import { sceneNames } from '@kanrecon/scene';
import type { JSX } from 'preact';
import { report } from '../../actions/report.js';
import { startTraining } from '../../actions/training/train.js';
import { models, typedSurface } from '../../state/store.js';
import {
  backbones,
  beginnings,
  choicesFrom,
  chosenSettings,
  heads,
  otherSurfaces,
  type TrainChoices,
  trainChoices,
} from '../../state/train-choices.js';
import { training } from '../../state/training.js';
import { ownSurfaceName } from '../../surfaces/parse-surface-text.js';
import { MoreSettings } from './more-settings.js';
import { NumberField } from './number-field.js';

async function submit(): Promise<void> {
  try {
    const choices = trainChoices.value;
    await startTraining(chosenSettings(choices, models.value.get(choices.begin)));
  } catch (error) {
    report(error);
  }
}

/** What is trained, and how. */
export function TrainForm(): JSX.Element {
  const choices = trainChoices.value;
  const begin = models.value.get(choices.begin);
  const set = (change: Partial<TrainChoices>) => {
    trainChoices.value = { ...choices, ...change };
  };
  return (
    <form
      class="train-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h2>Train a network</h2>
      <label class="field">
        <span>What images show</span>
        <select value={choices.thing} onChange={({ currentTarget }) => set({ thing: currentTarget.value })}>
          <optgroup label="Scenes">
            {sceneNames.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </optgroup>
          <optgroup label="Surfaces">
            {otherSurfaces.map((name) => (
              <option key={name} value={name}>
                {name.replaceAll('-', ' ')}
              </option>
            ))}
            <option value={ownSurfaceName} disabled={!typedSurface.value}>
              {typedSurface.value ? 'your own formula' : 'your own formula: type it under Surfaces'}
            </option>
          </optgroup>
        </select>
      </label>
      <label class="field">
        <span>Begin from</span>
        <select
          value={begin?.name ?? ''}
          onChange={({ currentTarget: { value } }) => {
            const model = models.value.get(value);
            trainChoices.value = model ? choicesFrom(choices, model) : { ...choices, begin: '' };
          }}
        >
          <option value="">random weights</option>
          {beginnings(models.value.values()).map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Backbone</span>
        <select
          value={choices.backbone}
          onChange={({ currentTarget }) => {
            const backbone = currentTarget.value as TrainChoices['backbone'];
            // Of a model with another backbone nothing fits.
            set({ backbone, ...(backbone !== begin?.network.backbone && { begin: '' }) });
          }}
        >
          {Object.entries(backbones).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Head</span>
        <select value={choices.head} onChange={({ currentTarget }) => set({ head: currentTarget.value })}>
          {heads.map(({ name, words }) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <div class="field-pair">
        <NumberField name="epochs" label="Epochs" min={1} max={1000} />
        <NumberField name="epochImages" label="Images an epoch" min={1} max={1_000_000} />
      </div>
      <MoreSettings />
      <button type="submit" class="button primary" disabled={training.value !== undefined}>
        Train
      </button>
      <p class="hint">
        Images are drawn while it learns, none of them twice. The network is kept in this browser after every epoch.
      </p>
    </form>
  );
}
