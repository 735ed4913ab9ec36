import type { Mesh } from '@kanrecon/geometry';
import { colorsByValue, perceptual } from '@kanrecon/render';
import { signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { MeshView } from '../object/mesh-view.js';
import { turnByKey } from '../object/turn-by-key.js';
import { notify, orbit } from '../state/store.js';
import { noGraphics } from './no-graphics.js';
import { dark } from './theme-button.js';

interface MeshCanvasProps {
  readonly mesh: Mesh;
  /** What the camera looks at. */
  readonly middle: readonly [number, number, number];
  /** One a vertex: their colours. */
  readonly values: Float32Array | undefined;
  /** Value at the end of the colour map. */
  readonly most: number;
  /** What is to be seen, for screen readers. */
  readonly label: string;
}

/** Whether it was said already that there are no 3D graphics. */
const said = signal(false);

/** A mesh in 3D, coloured by a value at each vertex; all of them are turned together. */
export function MeshCanvas({ mesh, middle, values, most, label }: MeshCanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useSignal<MeshView | undefined>(undefined);
  useLayoutEffect(() => {
    if (!canvas.current) return undefined;
    let made: MeshView;
    try {
      made = new MeshView(canvas.current, (turned) => {
        orbit.value = turned;
      });
    } catch {
      if (!said.value) notify('error', noGraphics);
      said.value = true;
      return undefined;
    }
    view.value = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(canvas.current);
    return () => {
      observer.disconnect();
      view.value = undefined;
      made.dispose();
    };
  }, []);
  const shown = view.value;
  useEffect(() => shown?.show(mesh, middle), [shown, mesh]);
  useEffect(() => {
    if (values) shown?.paint(colorsByValue(values, 0, most, perceptual));
  }, [shown, mesh, values, most]);
  useEffect(() => {
    if (orbit.value) shown?.setOrbit(orbit.value);
  }, [shown, orbit.value]);
  useEffect(() => {
    // The style is of the next frame.
    const frame = requestAnimationFrame(
      () => canvas.current && shown?.setFloorColor(getComputedStyle(canvas.current).color),
    );
    return () => cancelAnimationFrame(frame);
  }, [shown, dark.value]);
  return (
    <div
      class="square"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the arrow keys
      tabIndex={0}
      role="application"
      aria-label={`${label}. The arrow keys turn it, plus and minus bring it nearer and farther.`}
      onKeyDown={(event) => {
        const turned = shown && turnByKey(event.key, shown.orbit());
        if (!turned) return;
        event.preventDefault();
        orbit.value = turned;
      }}
    >
      <canvas ref={canvas} class="object" />
    </div>
  );
}
