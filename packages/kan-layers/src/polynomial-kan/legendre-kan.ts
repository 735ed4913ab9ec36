import { checkedConfig } from '../checked-config.js';
import { makeLayer } from '../make-layer.js';
import { JacobiKAN, type JacobiKANArgs } from './jacobi-kan.js';

/** Arguments of {@link legendreKAN}. */
export type LegendreKANArgs = Omit<JacobiKANArgs, 'a' | 'b'>;

/**
 * Makes a layer on Legendre polynomials of tanh x: a {@link JacobiKAN} with a = b = 0, as which it is registered and saved.
 *
 * @throws if an argument is wrong, or two copies of TensorFlow.js are loaded
 */
export function legendreKAN(args: LegendreKANArgs): JacobiKAN {
  const { a: _, b: __, ...names } = JacobiKAN.argNames;
  const given = checkedConfig<LegendreKANArgs>('legendreKAN', args, names);
  return makeLayer('legendreKAN', JacobiKAN, { ...given, a: 0, b: 0 });
}
