import { type JacobiKAN, type JacobiKANArgs, jacobiKAN } from './jacobi-kan.js';

/** Arguments of {@link legendreKAN}. */
export type LegendreKANArgs = Omit<JacobiKANArgs, 'a' | 'b'>;

/** Makes a layer on Legendre polynomials of tanh x: a {@link JacobiKAN} with a = b = 0, as which it is saved. */
export function legendreKAN(args: LegendreKANArgs): JacobiKAN {
  return jacobiKAN({ ...args, a: 0, b: 0 });
}
