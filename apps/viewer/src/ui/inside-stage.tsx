import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { lookInside, stopLooking } from '../actions/look-inside.js';
import { type Inside, inside, insideModel } from '../state/inside.js';
import { models } from '../state/store.js';
import { KanPicture } from './kan-picture.js';

/** What a network's head is made of. */
export function InsideStage(): JSX.Element {
  const model = insideModel.value;
  // One that is trained on is another afterwards, by the same name.
  const known = model === undefined ? undefined : models.value.get(model);
  useEffect(() => {
    void lookInside();
  }, [known]);
  useEffect(() => stopLooking, []);
  const looked = inside.value;
  const { found, busy } = looked ?? {};
  return (
    <div class="stage">
      <section class="panel inside-panel" aria-labelledby="inside-title">
        <div class="panel-head">
          <h2 id="inside-title">Head of {model ?? 'the network'}</h2>
          <span class="panel-note">{found?.kind === 'kan' ? found.layers.join(', ') : ''}</span>
        </div>
        <p class="hint" aria-live="polite">
          {looked ? sentenceFor(looked) : 'The networks are being loaded.'}{' '}
          {busy && (
            <button type="button" class="button" onClick={stopLooking}>
              Stop
            </button>
          )}
        </p>
        {found?.kind === 'kan' && !looked?.failure && <KanPicture svg={found.svg} />}
      </section>
    </div>
  );
}

function sentenceFor({ busy, progress, found, failure }: Inside): string {
  if (failure) return failure;
  if (busy) {
    if (progress && progress.done < progress.total)
      return `Drawing images for it, ${progress.done} of ${progress.total}.`;
    return 'Reading the functions on the edges.';
  }
  if (found?.kind === 'none') return found.sentence;
  return found
    ? `Features of the image below, what is read off above. A function is drawn where ${found.images} images of the scene lead to it, the fainter the less it counts; choose one to see it large.`
    : '';
}
