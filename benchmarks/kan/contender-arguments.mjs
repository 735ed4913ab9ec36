import { parseArgs } from 'node:util';

/**
 * The arguments that kan.bench.mjs gives a contender in JavaScript, as text for its command line.
 *
 * @param widths of the stack: inputs, then the units of each layer
 */
export function contenderArguments({ backend, layer, widths, batch, rounds }) {
  const what = { backend, layer, widths: widths.join(), batch, rounds };
  return Object.entries(what).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

/** The same read again by the contender. @param flags further arguments, true where given */
export function readContenderArguments(...flags) {
  const texts = ['backend', 'layer', 'widths', 'batch', 'rounds'].map((name) => [name, { type: 'string' }]);
  const booleans = flags.map((name) => [name, { type: 'boolean', default: false }]);
  const { values } = parseArgs({ options: Object.fromEntries([...texts, ...booleans]) });
  const widths = values.widths.split(',').map(Number);
  return { ...values, widths, batch: Number(values.batch), rounds: Number(values.rounds) };
}
