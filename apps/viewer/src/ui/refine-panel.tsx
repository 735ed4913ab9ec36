import type { JSX } from 'preact';
import { refineCurrent, stopRefining } from '../actions/refine-current.js';
import type { Case } from '../state/case.js';
import { refinedBy } from '../state/estimate.js';
import { current } from '../state/store.js';
import { CurveChart } from './curve-chart.js';

/** Refinement: start, watch, stop, go on. */
export function RefinePanel(): JSX.Element {
  const item = current.value;
  const refining = item?.phase === 'refining';
  const can = item?.phase === 'ready' && item.picture !== undefined;
  return (
    <section class="panel refine-panel" aria-labelledby="refine-title">
      <div class="refine-words">
        <h2 id="refine-title">Refinement</h2>
        <p class="hint">
          <span aria-live="polite">{item ? sentenceFor(item) : 'Choose an image first.'}</span>
          {refining && item.step && ` ${item.step.renderings} renderings so far.`}
        </p>
        {refining ? (
          <button type="button" class="button primary" onClick={() => stopRefining(item.id)}>
            Stop
          </button>
        ) : (
          <button type="button" class="button primary" disabled={!can} onClick={() => void refineCurrent()}>
            {labelFor(item)}
          </button>
        )}
      </div>
      <CurveChart points={item?.curve ?? []} busy={item?.phase === 'choosing' || item?.phase === 'answering'} />
    </section>
  );
}

function labelFor(item: Case | undefined): string {
  const locks = item?.edit?.locks.length ?? 0;
  const begun = item?.step ? 'Go on' : item?.model && refinedBy(item, item.model) ? 'Refine again' : 'Refine';
  return locks === 0 ? begun : `${begun} with ${locks} locked`;
}

function sentenceFor({ phase, picture, step, model, refined }: Case): string {
  if (!picture) return 'An object of a link has no image that renderings could be fitted to.';
  if (phase === 'reading' || phase === 'answering') return 'A network looks at the image.';
  if (phase === 'choosing') return 'Finding out which of the models the image is for.';
  if (phase === 'failed') return 'There is nothing to refine.';
  if (phase === 'refining') {
    return step?.phase === 'fit' ? 'Moving the object into place.' : 'Comparing many guesses.';
  }
  if (step) return `Stopped after ${step.renderings} renderings.`;
  const found = model && refinedBy({ refined }, model);
  if (!found) return 'Renderings are fitted to the image: exact numbers instead of the network’s guess.';
  return `Settled after ${found.renderings} renderings; lock a value that you know to see what follows from it.`;
}
