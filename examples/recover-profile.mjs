// The study's surface has the profile r(v) = radius + wave_amp · cos(wave_freq · v). One KAN edge learns it from 400 measured radii with
// an error of 0.01 each, and gives the three parameters back as a formula.
import { autoSymbolic, formulaToLatex, formulaToText, kan, plotKAN, suggestSymbolic } from '@kanrecon/kan-layers';
import { r2 } from './recover-formula.mjs';
import { normalFrom, seededRandom } from './seeded-random.mjs';
import { train } from './train.mjs';

export const shape = { radius: 1.1, height: 3, waveAmp: 0.35, waveFreq: 2.6 };
const profile = (v) => shape.radius + shape.waveAmp * Math.cos(shape.waveFreq * v);

/** @param log takes one line of progress */
export async function recoverProfile(log) {
  const random = seededRandom(2);
  const inputs = Array.from({ length: 400 }, () => [shape.height * random()]);
  const targets = inputs.map(([v]) => [profile(v) + 0.01 * normalFrom(random)]);

  const model = kan({ widths: [1, 1], gridSize: 12, gridRange: [0, shape.height], seed: 1 });
  const progress = (epoch, epochs, loss) =>
    log(`training [1, 1]: epoch ${epoch} of ${epochs}, loss ${loss.toExponential(2)}`);
  await train(model, inputs, targets, { epochs: 300, learningRate: 0.05, batchSize: 50 }, progress);

  log('what the edge may be:');
  for (const fit of suggestSymbolic(model.layers.at(-1), 0, 0, inputs).slice(0, 4)) {
    log(`  ${fit.function}: R² ${fit.r2.toFixed(5)}, complexity ${fit.complexity}, score ${fit.score.toFixed(1)}`);
  }
  const result = autoSymbolic(model, inputs, { targets, inputNames: ['v'] });
  const heights = Array.from({ length: 301 }, (_, k) => (shape.height * k) / 300);
  return {
    result,
    text: formulaToText(result.formulas[0]),
    latex: formulaToLatex(result.formulas[0]),
    freshR2: r2(
      heights.map((v) => result.evaluate([v])[0]),
      heights.map(profile),
    ),
    svg: plotKAN(model, inputs, { inputNames: ['v'], outputNames: ['r'], title: 'A KAN for r(v)' }),
  };
}
