import type { TrainingInit } from '@kanrecon/training';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { tryModel } from '../../actions/training/own-models.js';
import { stopTraining } from '../../actions/training/train.js';
import { begunWords } from '../../state/begun-words.js';
import { models } from '../../state/store.js';
import { shownCurves, type Training, training } from '../../state/training.js';
import { durationWords } from './duration-words.js';

/** How the training goes. */
export function TrainProgress(): JSX.Element {
  const now = training.value;
  const shown = shownCurves.value;
  const epoch = now ? Math.min(now.epoch + 1, now.settings.epochs) : 0;
  const panel = useRef<HTMLElement>(null);
  const name = now?.name;
  useEffect(() => {
    // On a narrow screen it stands below all that was chosen.
    if (name !== undefined) panel.current?.scrollIntoView({ block: 'nearest' });
  }, [name]);
  return (
    <section ref={panel} class="panel train-progress" aria-labelledby="progress-title">
      <div class="panel-head">
        <h2 id="progress-title">{shown ? shown.name : 'Training'}</h2>
        <span class="panel-note">{now && now.weights > 0 ? `${now.weights.toLocaleString('en')} weights` : ''}</span>
      </div>
      {now ? (
        <>
          <progress
            aria-label="Images learned from"
            max={now.phase === 'preparing' ? 1 : now.allImages}
            {...(now.phase !== 'starting' && { value: now.phase === 'preparing' ? now.prepared : now.images })}
          />
          <p class="train-line">
            <span aria-live="polite">{phaseWords(now, epoch)}</span>
            <span class="number">{speedWords(now)}</span>
          </p>
          <button type="button" class="button primary" disabled={now.phase === 'stopping'} onClick={stopTraining}>
            Stop
          </button>
        </>
      ) : (
        <>
          <p class="hint">
            {shown
              ? shown.epoch === 0
                ? 'Stopped in its first epoch.'
                : `Epoch ${shown.epoch} of ${shown.epochs} has ended.`
              : 'A network learns what objects look like, in this page and in a minute or more: press Train.'}
          </p>
          {shown && models.value.has(shown.name) && (
            <button type="button" class="button primary" onClick={() => void tryModel(shown.name)}>
              Try it on an image
            </button>
          )}
        </>
      )}
      {shown?.init && <BegunFrom init={shown.init} />}
    </section>
  );
}

/** What it has of the network that it began from. */
function BegunFrom({ init }: { init: TrainingInit }): JSX.Element {
  const [taken, ...others] = begunWords(init, shownCurves.value?.settings.begin?.model);
  return (
    <div class="begun-from">
      <p class="hint">{taken}</p>
      {others.length > 0 && (
        <details>
          <summary>What did not fit</summary>
          {others.map((sentence) => (
            <p key={sentence} class="hint">
              {sentence}
            </p>
          ))}
        </details>
      )}
    </div>
  );
}

function phaseWords(now: Training, epoch: number): string {
  if (now.phase === 'starting') return 'Starting.';
  if (now.phase === 'preparing') return 'Looking at what such images tell at all.';
  if (now.phase === 'stopping') return 'Stopping after the step in hand.';
  return `Epoch ${epoch} of ${now.settings.epochs}`;
}

function speedWords({ phase, images, allImages, imagesPerSecond }: Training): string {
  if (phase !== 'training' || !Number.isFinite(imagesPerSecond) || imagesPerSecond <= 0) return '';
  const left = durationWords((allImages - images) / imagesPerSecond);
  return `${Math.round(imagesPerSecond)} images a second, ${left} left`;
}
