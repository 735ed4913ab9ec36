import { expect, it } from 'vitest';
import { jacobiKAN, type LegendreKANArgs, legendreKAN } from '../index.js';

it('takes the configuration of a layer as TensorFlow.js hands it on, as jacobiKAN does', () => {
  const { a: _, b: __, ...config } = jacobiKAN({ units: 2, degree: 3, a: 0, b: 0, name: 'polynomials' }).getConfig();
  const made = legendreKAN({ ...config, customObjects: {} } as unknown as LegendreKANArgs);
  expect(made.getConfig()).toEqual({ ...config, a: 0, b: 0 });
});

it('refuses what it does not know', () => {
  expect(() => legendreKAN({ units: 2, a: 1 } as LegendreKANArgs)).toThrow('legendreKAN: unknown option a');
  expect(() => legendreKAN({ units: 2, degre: 1 } as unknown as LegendreKANArgs)).toThrow(
    'legendreKAN: unknown option degre; did you mean degree?',
  );
  expect(() => legendreKAN(undefined as unknown as LegendreKANArgs)).toThrow(
    'legendreKAN: the options are wrong; expected an object, got undefined',
  );
});
