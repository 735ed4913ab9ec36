import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { caseMeshes, vertexDistances } from '../../actions/runs/case-meshes.js';
import { middleOf } from '../../object/middle-of.js';
import { caseShapes, type FoundShape } from '../../state/runs/case-shapes.js';
import type { RunCase } from '../../state/runs/cases.js';
import { scoredRuns } from '../../state/runs/runs.js';
import { models } from '../../state/store.js';
import type { VertexDistances } from '../../worker/findings.js';
import { sentenceOf } from '../../worker/sentence-of.js';
import { greatestDistance } from '../compared-panel.js';
import { digits } from '../format.js';
import { MeshCanvas } from '../mesh-canvas.js';

/** The meshes of a case, real and found, where its surface is known here; drawn once somebody wants to see them. */
export function CaseMeshes({ item }: { item: RunCase }): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const scored = scoredRuns.value;
  const shapes = useMemo(() => caseShapes(item, scored, models.value), [item.key, scored, models.value]);
  const shape = shapes.find(({ key }) => key === chosen) ?? shapes[0];
  if (!shape) return null;
  return (
    <details
      class="case-meshes"
      open={open}
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>Meshes</summary>
      {open && (
        <>
          {shapes.length > 1 && (
            <label class="field">
              What was found
              <select value={shape.key} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
                {shapes.map(({ key, label }) => (
                  <option key={key} value={key}>
                    {label}
                  </option>
                ))}
              </select>
            </label>
          )}
          <Meshes shape={shape} />
        </>
      )}
    </details>
  );
}

/** Both beside each other, each coloured by its distance to the other. */
function Meshes({ shape }: { shape: FoundShape }): JSX.Element {
  const meshes = useMemo(() => caseMeshes(shape), [shape]);
  const middle = useMemo(() => middleOf(meshes.real, meshes.found), [meshes]);
  const [told, setTold] = useState<{ of: typeof meshes; distances?: VertexDistances; failure?: string } | undefined>();
  useEffect(() => {
    const controller = new AbortController();
    const tell = (change: { distances?: VertexDistances; failure?: string }) => {
      if (!controller.signal.aborted) setTold({ of: meshes, ...change });
    };
    vertexDistances(meshes, controller.signal).then(
      (distances) => tell({ distances }),
      (error: unknown) => tell({ failure: sentenceOf(error) }),
    );
    return () => controller.abort();
  }, [meshes]);
  const { distances, failure } = told?.of === meshes ? told : {};
  const most = greatestDistance(distances);
  return (
    <>
      <div class="case-mesh-pair">
        {(['real', 'found'] as const).map((kind) => (
          <figure key={kind}>
            <MeshCanvas
              mesh={meshes[kind]}
              middle={middle}
              values={distances?.[kind === 'real' ? 'a' : 'b']}
              most={most}
              label={
                kind === 'real'
                  ? 'What the image really shows in 3D, coloured by its distance to what was found'
                  : 'What was found in 3D, coloured by its distance to the real surface'
              }
            />
            <figcaption class="hint">{kind === 'real' ? 'real' : shape.label}</figcaption>
          </figure>
        ))}
      </div>
      <div class="scale">
        <span>Distance to the other: 0</span>
        <span class="scale-bar" aria-hidden="true" />
        <span>{distances ? `${digits(most)} units` : '…'}</span>
      </div>
      {failure && <p class="hint">{failure}</p>}
    </>
  );
}
