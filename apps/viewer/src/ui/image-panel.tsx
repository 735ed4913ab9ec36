import { computed } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { largestOverlay, overlayLayers, paintLayers } from '../image/overlay-layers.js';
import { type OverlayLayers, objectDifference } from '../image/paint-overlay.js';
import { squarePicture } from '../image/square-picture.js';
import { heldBack, shown } from '../state/shown.js';
import { current, overlay } from '../state/store.js';
import { OverlayControls } from './overlay-controls.js';

const square = computed(() => current.value?.picture && squarePicture(current.value.picture, largestOverlay));

const layers = computed((): OverlayLayers | undefined =>
  overlayLayers(heldBack.value ? undefined : shown.value, square.value),
);

/** How far rendering and image are apart, of 255; NaN where one of them is missing. */
const difference = computed(() =>
  square.value && layers.value ? objectDifference(layers.value, shown.value?.view.background ?? 197) : Number.NaN,
);

/** The image, and the rendering of what was found over it, from the estimated camera. */
export function ImagePanel(): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const item = current.value;
  const { mode, opacity } = overlay.value;
  const drawn = layers.value;
  useLayoutEffect(() => {
    if (canvas.current && drawn) paintLayers(canvas.current, drawn, overlay.value);
  }, [drawn, mode, opacity]);
  const hasRendering = drawn?.rendering !== undefined;
  return (
    <section class="panel view-panel" aria-labelledby="image-title">
      <div class="panel-head">
        <h2 id="image-title">Image</h2>
        <span class="panel-note">{item?.picture ? item.name : item ? 'no image: the object of a link' : ''}</span>
      </div>
      <div class="square">
        <canvas
          ref={canvas}
          role="img"
          aria-label={
            !item
              ? 'No image yet'
              : `${item.picture ? `The image ${item.name}` : 'No image'}${hasRendering ? `, under a rendering of the object that was found, ${Math.round(100 * opacity)} % opaque` : ''}`
          }
        />
        {!item && <p class="empty">Drop an image of such an object here.</p>}
      </div>
      <div class="controls">
        <OverlayControls disabled={!hasRendering} />
      </div>
      <p class="panel-foot" aria-live="off">
        {Number.isNaN(difference.value) ? (
          ' '
        ) : (
          <>
            Rendering and image differ by <strong>{difference.value.toFixed(1)}</strong> of 255 on average.
          </>
        )}
      </p>
    </section>
  );
}
