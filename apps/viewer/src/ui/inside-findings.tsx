import type { JSX } from 'preact';
import { chosenEdge, inside } from '../state/inside.js';
import { models } from '../state/store.js';
import type { HeadInside } from '../worker/findings.js';
import { digits } from './format.js';
import { FunctionPlot } from './function-plot.js';

type Kan = Extract<HeadInside, { kind: 'kan' }>;

/** The function on one edge, and what pruning does. */
export function InsideFindings(): JSX.Element {
  const { found } = inside.value ?? {};
  return (
    <div class="findings">
      <section class="panel" aria-labelledby="edge-title">
        <div class="panel-head">
          <h2 id="edge-title">One edge</h2>
        </div>
        <Edge any={found?.kind === 'kan'} />
      </section>
      {found?.kind === 'kan' && (
        <section class="panel" aria-labelledby="prune-title">
          <div class="panel-head">
            <h2 id="prune-title">Pruning</h2>
          </div>
          <Pruning found={found} />
        </section>
      )}
    </div>
  );
}

function Edge({ any }: { any: boolean }): JSX.Element {
  const { read } = chosenEdge.value ?? {};
  if (!chosenEdge.value) {
    return <p class="hint">{any ? 'Choose an edge in the picture.' : 'There are no functions on edges to look at.'}</p>;
  }
  if (!read) return <p class="hint">Reading the function.</p>;
  const { x, y, inputs, score, from, to, layer, formula, r2 } = read;
  const named = `The function from ${from} to ${to}`;
  return (
    <>
      <p class="hint">
        From {from} to {to}, {layer}; it counts for {Number(score.toPrecision(3))}.
      </p>
      <FunctionPlot x={x} y={y} inputs={inputs} label={`${named}, x from ${digits(x[0]!)} to ${digits(x.at(-1)!)}`} />
      {formula === undefined ? (
        <p class="hint">No simple formula comes near it where the images lead to it.</p>
      ) : (
        <p class="edge-formula">
          φ(x) ≈ <code>{formula}</code>
          <span class="hint">
            {' '}
            The nearest of the simple functions: it explains {(100 * r2!).toFixed(r2! > 0.995 ? 2 : 1)} % of its
            variance over the images, which are the marks below the curve.
          </span>
        </p>
      )}
    </>
  );
}

function Pruning({ found }: { found: Kan }): JSX.Element {
  const { edges, fidelity, answers, images } = found;
  const { image } = inside.value ?? {};
  const parameters = models.value.get(inside.value?.model ?? '')?.scene.surface.parameters ?? [];
  return (
    <>
      <p class="hint">
        {edges.after === edges.before
          ? `All ${edges.before} edges.`
          : `${edges.after} of ${edges.before} edges are left; over ${images} images its outputs agree with the whole head’s by R² ${fidelity!.toFixed(3)}.`}
      </p>
      {answers && image !== undefined && (
        <table class="combinations">
          <caption>What it says of {image}</caption>
          <thead>
            <tr>
              <th scope="col">parameter</th>
              <th scope="col">whole</th>
              <th scope="col">pruned</th>
            </tr>
          </thead>
          <tbody>
            {parameters
              .filter(({ name }) => answers.whole[name] !== undefined)
              .map(({ name, label }) => (
                <tr key={name}>
                  <th scope="row">{label}</th>
                  <td>{digits(answers.whole[name]!)}</td>
                  <td>{edges.after === edges.before ? '–' : digits(answers.left[name]!)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </>
  );
}
