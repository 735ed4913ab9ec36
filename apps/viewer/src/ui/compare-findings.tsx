import type { JSX } from 'preact';
import { comparable, comparedShapes, comparison } from '../state/compare.js';
import type { ComparedShape } from '../state/compared-shape.js';
import { sameSurface } from '../state/same-surface.js';
import type { MeshDistances } from '../worker/findings.js';
import { percent } from './compare-stage.js';
import { digits, signed, signedPercent } from './format.js';

/** How far two shapes are apart, in numbers. */
export function CompareFindings(): JSX.Element {
  const { a, b } = comparedShapes.value;
  return (
    <div class="findings">
      <section class="panel" aria-labelledby="distances-title">
        <div class="panel-head">
          <h2 id="distances-title">Distances</h2>
        </div>
        <Distances ready={a !== undefined && b !== undefined} />
      </section>
      {a && b && (
        <section class="panel" aria-labelledby="compared-title">
          <div class="panel-head">
            <h2 id="compared-title">Parameters</h2>
          </div>
          <Parameters a={a} b={b} />
        </section>
      )}
    </div>
  );
}

function Distances({ ready }: { ready: boolean }): JSX.Element {
  const { found, failure } = comparison.value ?? {};
  if (failure) return <p class="problem">{failure}</p>;
  if (!ready) return <p class="hint">They come with two shapes.</p>;
  if (!found) return <p class="hint">Measuring from every triangle to every other.</p>;
  const { size, asFound, scaled } = found;
  return (
    <>
      <DistanceTable caption="As they are" distances={asFound} size={size} />
      <DistanceTable caption={`After B is scaled by ${digits(scaled.scale)}`} distances={scaled} size={size} />
      <p class="worth">
        In units, and as a share of A’s size, the diagonal of the box around it: {digits(size)} units. Scaling by what
        brings B nearest is for images that do not show the size, as the study’s. Measured on meshes of 100 × 100 quads;
        greatest distances of surfaces are {exactness(asFound.surfaces.error)}.
      </p>
    </>
  );
}

/** How exact a lower bound is, in words. */
function exactness(error: number): string {
  return error > 0 ? `at most ${Number(error.toPrecision(1))} units larger` : 'exact';
}

function DistanceTable(props: { caption: string; distances: MeshDistances; size: number }): JSX.Element {
  const { caption, distances, size } = props;
  const { vertices, surfaces, mean } = distances;
  const rows = [
    ['Mean, of surfaces', mean],
    ['Hausdorff, of surfaces', Math.max(surfaces.aToB, surfaces.bToA)],
    ['from A to B', surfaces.aToB],
    ['from B to A', surfaces.bToA],
    ['Hausdorff, of vertices', Math.max(vertices.aToB, vertices.bToA)],
    ['from A to B', vertices.aToB],
    ['from B to A', vertices.bToA],
  ] as const;
  return (
    <table class="combinations distances">
      <caption>{caption}</caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">distance</th>
          <th scope="col">units</th>
          <th scope="col">share of A’s size</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, value], i) => (
          <tr key={`${name} ${i}`} class={name.startsWith('from') ? 'part' : ''}>
            <th scope="row">{name}</th>
            <td>{digits(value)}</td>
            <td>{percent(value / size).replace(/ of .*$/, '')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A column: a shape of B's image, or A. */
interface Column {
  readonly words: string;
  readonly shape: ComparedShape;
}

/** What is real, what the network said, what refinement made of it, and what is between A and B. */
function Parameters({ a, b }: { a: ComparedShape; b: ComparedShape }): JSX.Element {
  const [ofA, ofB] = [a.scene.surface, b.scene.surface];
  const columns = columnsOf(a, b);
  if (!sameSurface(ofA, ofB)) {
    return (
      <p class="hint">
        {ofA.name === ofB.name
          ? 'A and B are surfaces of different formulas'
          : `A is a ${ofA.name.replaceAll('-', ' ')}, B a ${ofB.name.replaceAll('-', ' ')}`}
        : their parameters do not mean the same.
      </p>
    );
  }
  return (
    <div class="wide-table">
      <table class="combinations">
        <caption>Those of the meshes. The difference is B less A, in units and of the parameter’s range.</caption>
        <thead>
          <tr>
            <th scope="col">parameter</th>
            {columns.map(({ words, shape }) => (
              <th scope="col" key={shape.key}>
                {words}
              </th>
            ))}
            <th scope="col">difference</th>
          </tr>
        </thead>
        <tbody>
          {a.scene.surface.parameters.map(({ name, label, min, max }) => {
            const difference = told(a, name) && told(b, name) && b.parameters[name]! - a.parameters[name]!;
            return (
              <tr key={name}>
                <th scope="row">{label}</th>
                {columns.map(({ shape }) => (
                  <td key={shape.key}>{told(shape, name) ? digits(shape.parameters[name]!) : noteOf(shape, name)}</td>
                ))}
                <td>
                  {difference === false ? '–' : `${signed(difference)} (${signedPercent(difference / (max - min))})`}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** A, the network's and the refined shape of B's image and model, and B. */
function columnsOf(a: ComparedShape, b: ComparedShape): readonly Column[] {
  const ofB = comparable.value.filter(
    (shape) => shape.case.id === b.case.id && shape.model !== undefined && shape.model === b.model,
  );
  const shapes = [a, ...ofB, b].filter((shape, i, all) => all.findIndex(({ key }) => key === shape.key) === i);
  return shapes.map((shape) => ({ shape, words: `${sideOf(shape, a, b)}${wordsOf(shape, a, b)}` }));
}

function sideOf({ key }: ComparedShape, a: ComparedShape, b: ComparedShape): string {
  return key === a.key ? 'A: ' : key === b.key ? 'B: ' : '';
}

/** Short, where both shapes are of one model. */
function wordsOf({ kind, label }: ComparedShape, a: ComparedShape, b: ComparedShape): string {
  const oneModel = a.model === undefined || b.model === undefined || a.model === b.model;
  return oneModel && (kind === 'network' || kind === 'refined') ? kind : label;
}

/** Whether a shape's number for a parameter means anything. */
function told({ rows }: ComparedShape, name: string): boolean {
  return !rows || rows.find((row) => row.name === name)?.value !== undefined;
}

function noteOf({ rows }: ComparedShape, name: string): string {
  return rows?.find((row) => row.name === name)?.note ?? '–';
}
