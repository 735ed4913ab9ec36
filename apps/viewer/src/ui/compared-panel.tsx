import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { largestOverlay, overlayLayers, paintLayers } from '../image/overlay-layers.js';
import { objectDifference } from '../image/paint-overlay.js';
import { squarePicture } from '../image/square-picture.js';
import { middleOf } from '../object/middle-of.js';
import { chosenShapes, comparable, comparedShapes, comparison } from '../state/compare.js';
import type { ComparedShape } from '../state/compared-shape.js';
import { current, overlay } from '../state/store.js';
import { MeshCanvas } from './mesh-canvas.js';

type Side = 'a' | 'b';

/** One of the two shapes that are compared: which it is, its mesh coloured by the distance to the other's, and its rendering. */
export function ComparedPanel({ side }: { side: Side }): JSX.Element {
  const shape = comparedShapes.value[side];
  const other = side === 'a' ? 'B' : 'A';
  const { meshes, distances } = comparison.value ?? {};
  const mesh = meshes?.[side];
  const middle = useMemo(() => (meshes ? middleOf(meshes.a, meshes.b) : ([0, 0, 0] as const)), [meshes]);
  return (
    <section class="panel view-panel" aria-labelledby={`side-${side}`}>
      <div class="panel-head">
        <h2 id={`side-${side}`}>{side.toUpperCase()}</h2>
        <span class="panel-note">{shape?.case.name}</span>
      </div>
      <ShapeChoice side={side} shape={shape} />
      {mesh ? (
        <MeshCanvas
          mesh={mesh}
          middle={middle}
          values={distances?.[side]}
          most={greatestDistance(distances)}
          label={`The object ${side.toUpperCase()} in 3D, coloured by its distance to ${other}`}
        />
      ) : (
        <div class="square">
          <p class="empty">
            {shape
              ? `Choose what ${other} is to be.`
              : 'Choose a shape; refining an image, or its label, makes more of them.'}
          </p>
        </div>
      )}
      {shape && <ComparedPicture shape={shape} />}
    </section>
  );
}

/** The end of the colour map: the greatest distance of a vertex, either way. */
export function greatestDistance(
  distances: { readonly a: Float32Array; readonly b: Float32Array } | undefined,
): number {
  if (!distances) return 1;
  let most = 0;
  for (const values of [distances.a, distances.b]) {
    // Not of a vertex that no triangle uses, which is NaN.
    for (const value of values) if (value > most) most = value;
  }
  return most;
}

function ShapeChoice({ side, shape }: { side: Side; shape: ComparedShape | undefined }): JSX.Element {
  const shapes = comparable.value;
  const named = [...new Set(shapes.map((one) => one.case))];
  return (
    <label class="field">
      <span class="visually-hidden">What {side.toUpperCase()} is</span>
      <select
        value={shape?.key ?? ''}
        onChange={({ currentTarget }) => {
          const { a, b } = comparedShapes.value;
          const of = current.value?.id;
          const keys = { ...(a && { a: a.key }), ...(b && { b: b.key }), [side]: currentTarget.value };
          chosenShapes.value = { ...(of !== undefined && { of }), ...keys };
        }}
      >
        {!shape && <option value="">nothing yet</option>}
        {named.map((item) => (
          <optgroup key={item.id} label={item.name}>
            {shapes
              .filter((one) => one.case === item)
              .map(({ key, label }) => (
                <option key={key} value={key}>
                  {item.name}: {label}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

/** The image of a shape under its rendering, how far they are apart, and what its model makes of it. */
function ComparedPicture({ shape }: { shape: ComparedShape }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { picture } = shape.case;
  const square = useMemo(() => picture && squarePicture(picture, largestOverlay), [picture]);
  const layers = useMemo(() => overlayLayers(shape, square), [shape, square]);
  const { mode, opacity } = overlay.value;
  useLayoutEffect(() => {
    if (canvas.current && layers) paintLayers(canvas.current, layers, overlay.value);
  }, [layers, mode, opacity]);
  const apart = square && layers ? objectDifference(layers, shape.view.background) : Number.NaN;
  return (
    <div class="compared-picture">
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${picture ? `The image ${shape.case.name} under a` : 'A'} rendering of this shape: ${shape.label}`}
      />
      <p class="hint">
        {!Number.isNaN(apart) && (
          <>
            Its rendering and the image differ by <strong>{apart.toFixed(1)}</strong> of 255.{' '}
          </>
        )}
        {aboutModel(shape)}
      </p>
    </div>
  );
}

/** What is to be thought of a shape that was found. A model's quick look is at more than its network's first answer. */
function aboutModel({ kind, verdict }: ComparedShape): string {
  if (kind !== 'network') return verdict?.sentence ?? '';
  if (!verdict) return 'Whether the image is for this model was not looked at.';
  return verdict.kind === 'found' ? 'The image is for this model.' : verdict.sentence;
}
