import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { drawOtherSamples } from '../actions/draw-samples.js';
import { openFiles, openSample, removeCase } from '../actions/open-image.js';
import type { Origin } from '../state/case.js';
import { cases, currentId, samples } from '../state/store.js';
import { CameraButton } from './camera-button.js';
import { Icon } from './icon.js';
import { IconButton } from './icon-button.js';
import { Thumbnail } from './thumbnail.js';

/** Where images come from: files, samples; and those that are open. */
export function ImagesPanel(): JSX.Element {
  return (
    <aside class="images" aria-label="Images">
      <FileChooser />
      <OpenImages />
      <Samples />
    </aside>
  );
}

function FileChooser(): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class="drop-zone">
      <button type="button" class="button primary" onClick={() => input.current?.click()}>
        <Icon name="upload" /> Choose images
      </button>
      <CameraButton />
      <p class="hint">or drop or paste them anywhere</p>
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label="Image files"
        onChange={({ currentTarget }) => {
          void openFiles([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </div>
  );
}

function OpenImages(): JSX.Element | null {
  const open = cases.value.filter(({ origin }) => !isAmongSamples(origin));
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="yours">
      <h2 id="yours">Yours</h2>
      <ul class="thumbnails">
        {open.map(({ id, name, picture }) => (
          <li key={id}>
            <button
              type="button"
              class="thumbnail"
              aria-pressed={id === currentId.value}
              title={name}
              onClick={() => {
                currentId.value = id;
              }}
            >
              {picture ? <Thumbnail picture={picture} /> : <span class="no-picture">link</span>}
              <span class="visually-hidden">{name}</span>
            </button>
            <IconButton icon="close" label={`Remove ${name}`} class="remove" onClick={() => removeCase(id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whether the tile of a sample opens it. Others may have been drawn since, and a link's never had a tile. */
function isAmongSamples(origin: Origin): boolean {
  return (
    origin.kind === 'sample' && samples.value.some(({ scene, seed }) => scene === origin.scene && seed === origin.seed)
  );
}

function Samples(): JSX.Element {
  const open = cases.value.find(({ id }) => id === currentId.value)?.origin;
  return (
    <section aria-labelledby="samples">
      <div class="section-head">
        <h2 id="samples">Samples</h2>
        <IconButton icon="shuffle" label="Draw other samples" onClick={() => void drawOtherSamples()} />
      </div>
      <ul class="thumbnails">
        {samples.value.map((sample) => (
          <li key={`${sample.scene} ${sample.seed}`}>
            <button
              type="button"
              class="thumbnail"
              aria-pressed={open?.kind === 'sample' && open.scene === sample.scene && open.seed === sample.seed}
              title={`Rendering of the scene ${sample.scene}`}
              onClick={() => void openSample(sample)}
            >
              <Thumbnail picture={sample.picture} />
              <span class="visually-hidden">
                Sample {sample.seed} of the scene {sample.scene}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p class="hint">Drawn just now, from seeds that no network was trained with.</p>
    </section>
  );
}
