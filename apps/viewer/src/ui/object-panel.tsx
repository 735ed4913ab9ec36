import { cameraRotation } from '@kanrecon/render';
import { effect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { objectView } from '../actions/object-view.js';
import { report } from '../actions/report.js';
import { ObjectView } from '../object/object-view.js';
import { turnByKey } from '../object/turn-by-key.js';
import { heldBack, shown } from '../state/shown.js';
import { current, mode, notify, orbit } from '../state/store.js';
import { noGraphics } from './no-graphics.js';
import { dark } from './theme-button.js';

/** The object in 3D, to be turned. */
export function ObjectPanel(): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => (canvas.current ? showObject(canvas.current) : undefined), []);
  const view = objectView.value;
  const object = shown.value;
  return (
    <section class="panel view-panel" aria-labelledby="object-title">
      <div class="panel-head">
        <h2 id="object-title">Object</h2>
        <span class="panel-note">
          {object && !heldBack.value ? object.scene.surface.name.replaceAll('-', ' ') : ''}
        </span>
      </div>
      <div
        class="square"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the arrow keys
        tabIndex={0}
        role="application"
        aria-label="The object in 3D. The arrow keys turn it, plus and minus bring it nearer and farther."
        onKeyDown={(event) => {
          const turned = view && turnByKey(event.key, view.orbit());
          if (!turned) return;
          event.preventDefault();
          orbit.value = turned;
        }}
      >
        <canvas ref={canvas} class="object" />
      </div>
      <div class="controls">
        {mode.value === 'image' && (
          <button type="button" class="button" disabled={!object || !view || heldBack.value} onClick={viewAsImage}>
            View as in the image
          </button>
        )}
        <span class="hint">Drag to turn; one square of the floor is one unit.</span>
      </div>
    </section>
  );
}

/** Turns the camera to where the image was taken from; upright, however the image was. */
function viewAsImage(): void {
  const [view, object] = [objectView.value, shown.value];
  if (!view || !object) return;
  const rotation = cameraRotation(object.view.cameraAngles);
  const [x, y, z] = [rotation[2]!, rotation[5]!, rotation[8]!];
  const turned = { ...view.orbit(), azimuth: Math.atan2(y, x), polar: Math.acos(Math.min(1, Math.max(-1, z))) };
  orbit.value = turned;
}

/** Keeps a view in step with the page's state. @returns what ends that */
function showObject(canvas: HTMLCanvasElement): () => void {
  let view: ObjectView;
  try {
    view = new ObjectView(canvas, (turned) => {
      orbit.value = turned;
    });
  } catch {
    notify('error', noGraphics);
    return () => {};
  }
  objectView.value = view;
  let looksAt: number | undefined;
  let drawable = true;
  const ends = [
    effect(() => {
      const object = shown.value;
      if (!object || heldBack.value) return view.hide();
      try {
        view.show(object);
        drawable = true;
      } catch (error) {
        view.hide();
        // Once, not at every step of a slider.
        if (drawable) report(error);
        drawable = false;
        return;
      }
      const id = current.peek()?.id;
      if (looksAt === id) return;
      // A camera that followed a slider would hide what it changes.
      looksAt = id;
      view.lookAtMiddle();
    }),
    effect(() => {
      if (orbit.value) view.setOrbit(orbit.value);
    }),
    effect(() => {
      dark.value;
      // The style is of the next frame.
      requestAnimationFrame(() => view.setFloorColor(getComputedStyle(canvas).color));
    }),
  ];
  const observer = new ResizeObserver(() => view.resize());
  observer.observe(canvas);
  return () => {
    for (const end of ends) end();
    observer.disconnect();
    objectView.value = undefined;
    view.dispose();
  };
}
