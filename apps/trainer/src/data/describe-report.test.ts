import type { DatasetReport } from '@kanrecon/dataset/node';
import { expect, it } from 'vitest';
import { describeReport } from './describe-report.js';

const report = (bins: number) => {
  const counts = Array<number>(bins).fill(1);
  const split = { images: 1, shapes: 1 };
  return {
    ...{ root: 'data', surface: 's', compared: [], findings: [], problems: [] },
    counts: { train: split, val: split, test: split },
    histograms: [{ name: 'a', min: 0, max: 1, bins: { train: counts, val: counts, test: counts } }],
  } as unknown as DatasetReport;
};

it('says what a bar counts, of one part and of many', () => {
  const told = (bins: number) => describeReport(report(bins), 0).find((line) => line.startsWith('Bars count'));
  expect(told(1)).toMatch(/^Bars count shapes in the whole range\. /);
  expect(told(3)).toMatch(/^Bars count shapes in 3 equal parts of the range\. /);
});
