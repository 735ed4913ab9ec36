// A KAN that is too large learns y = exp(sin(π x1) + x2²) from 1,000 samples, is pruned, trained on, and read out as a formula.
import { attribute, autoSymbolic, formulaToLatex, formulaToText, kan, plotKAN, prune } from '@kanrecon/kan-layers';
import { seededRandom } from './seeded-random.mjs';
import { train } from './train.mjs';

const truth = ([x1, x2]) => Math.exp(Math.sin(Math.PI * x1) + x2 ** 2);

/** @param log takes one line of progress */
export async function recoverFormula(log) {
  const random = seededRandom(1);
  const draw = (count) => Array.from({ length: count }, () => [2 * random() - 1, 2 * random() - 1]);
  const [inputs, fresh] = [draw(1000), draw(1000)];
  const targets = inputs.map((row) => [truth(row)]);

  // The L1 penalty makes the network do without the edges that it does not need.
  const penalty = { className: 'L1L2', config: { l1: 3e-4, l2: 0 } };
  const large = kan({ widths: [2, 5, 1], gridSize: 10, seed: 1, splineRegularizer: penalty, baseRegularizer: penalty });
  const progress = (name) => (epoch, epochs, loss) =>
    log(`${name}: epoch ${epoch} of ${epochs}, loss with penalty ${loss.toExponential(2)}`);
  await train(large, inputs, targets, { epochs: 150, learningRate: 0.02 }, progress('training [2, 5, 1]'));
  const scores = attribute(large, inputs).nodes[1];
  log(`scores of the five hidden nodes: ${[...scores].map((score) => score.toFixed(3)).join(', ')}`);

  const { model, edges, keptNodes, error } = prune(large, inputs, { edgeThreshold: 0.1, nodeThreshold: 0.1 });
  log(`pruned from ${edges.before} edges to ${edges.after}, hidden nodes left: ${keptNodes[1].length}`);
  log(`  R² of the pruned against the large network ${error.r2.toFixed(4)}`);
  await train(model, inputs, targets, { epochs: 150, learningRate: 0.01 }, progress('training what is left'));

  log('looking for formulas …');
  const result = autoSymbolic(model, inputs, { targets });
  for (const edge of result.edges) {
    log(`  layer ${edge.layer + 1}, ${edge.input + 1} → ${edge.unit + 1}: ${edge.function} (R² ${edge.r2.toFixed(4)})`);
  }
  const [formula] = result.formulas;
  const got = fresh.map((row) => result.evaluate(row)[0]);
  return {
    result,
    text: formulaToText(formula),
    latex: formulaToLatex(formula),
    freshR2: r2(got, fresh.map(truth)),
    svg: plotKAN(model, inputs, { title: 'A KAN for y = exp(sin(π x1) + x2²), pruned' }),
  };
}

/** 1 − squared errors / squared deviations from the mean. */
export function r2(got, expected) {
  const mean = expected.reduce((sum, value) => sum + value, 0) / expected.length;
  const squares = expected.reduce((sum, value, k) => sum + (value - got[k]) ** 2, 0);
  return 1 - squares / expected.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
