import { renderView } from '@kanrecon/scene';
import { computed } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import {
  largestDifference,
  type OverlayLayers,
  objectDifference,
  paintDifference,
  paintOverlay,
} from '../image/paint-overlay.js';
import { squarePicture } from '../image/square-picture.js';
import { heldBack, shown } from '../state/shown.js';
import { current, type Overlay, overlay } from '../state/store.js';
import { digits } from './format.js';

/** Width of the pictures that are laid over each other, at most: larger ones would not be drawn within a frame. */
const largest = 256;

const square = computed(() => current.value?.picture && squarePicture(current.value.picture, largest));

const layers = computed((): OverlayLayers | undefined => {
  const object = shown.value;
  const image = square.value;
  if (!object || heldBack.value) return image && { image };
  const { scene, parameters, view, baseColor } = object;
  const size = image?.width ?? largest;
  const shape = { parameters, baseColor: [baseColor[0], baseColor[1], baseColor[2]] as const };
  const { image: rendering, coverage } = renderView(scene, shape, view, { size, effects: false });
  const drawn = { ...rendering, data: Uint8Array.from(rendering.data) };
  return { image: image ?? drawn, rendering: drawn, coverage };
});

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
    if (canvas.current && drawn) paint(canvas.current, drawn, mode, opacity);
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
        <fieldset class="segments">
          <legend class="visually-hidden">What is shown</legend>
          {(['overlay', 'difference'] as const).map((value) => (
            <label key={value}>
              <input
                type="radio"
                name="overlay"
                value={value}
                checked={mode === value}
                onChange={() => {
                  overlay.value = { ...overlay.value, mode: value };
                }}
              />
              <span>{value === 'overlay' ? 'Overlay' : 'Difference'}</span>
            </label>
          ))}
        </fieldset>
        {mode === 'overlay' ? <Opacity disabled={!hasRendering} /> : <DifferenceScale />}
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

function paint(canvas: HTMLCanvasElement, drawn: OverlayLayers, mode: Overlay['mode'], opacity: number): void {
  const { width, height } = drawn.image;
  // Setting its size clears a canvas.
  if (canvas.width !== width) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (!context) return;
  const pixels = context.createImageData(width, height);
  if (mode === 'difference') paintDifference(pixels, drawn);
  else paintOverlay(pixels, drawn, opacity);
  context.putImageData(pixels, 0, 0);
}

function Opacity({ disabled }: { disabled: boolean }): JSX.Element {
  return (
    <label class="opacity">
      <span>Image</span>
      <input
        type="range"
        min="0"
        max="1"
        step="0.01"
        value={overlay.value.opacity}
        disabled={disabled}
        aria-label="Opacity of the rendering over the image"
        aria-valuetext={`${Math.round(100 * overlay.value.opacity)} %`}
        onInput={({ currentTarget }) => {
          overlay.value = { ...overlay.value, opacity: Number(currentTarget.value) };
        }}
      />
      <span>Rendering</span>
    </label>
  );
}

function DifferenceScale(): JSX.Element {
  return (
    <div class="scale">
      <span>0</span>
      <span class="scale-bar" aria-hidden="true" />
      <span>{digits(largestDifference).replace(/\.0+$/, '')} of 255</span>
    </div>
  );
}
