import { describe, expect, it } from 'vitest';
import { additionalPasses, compareRuns, type TestRun } from '../scripts/peer-tests/compare-runs.mjs';

// The comparison behind `npm run check:peer-tests`, which CI runs: it must not pass for want of tests, nor keep a list that is out of date.

const stock = run({ add: 'passed', gradient: 'failed', dilation: 'passed' });
const training = run({ add: 'passed', gradient: 'passed', dilation: 'failed' });
const known = [{ test: 'dilation', reason: 'Computed here, refused there.' }];

describe('compareRuns', () => {
  it('finds nothing wrong where the only differences are known', () => {
    expect(compareRuns(stock, training, known, 2)).toEqual([]);
    expect(additionalPasses(stock, training)).toEqual(['gradient']);
  });

  it('reports a test that passes with the stock backend only, and one that did not run', () => {
    expect(compareRuns(stock, run({ ...statuses(training), add: 'failed' }), known, 1)).toEqual([
      'Passes with the stock backend and not with our kernels (failed): add\n    because',
    ]);
    expect(compareRuns(stock, run({ gradient: 'passed', dilation: 'failed' }), known, 1)).toEqual([
      'Passes with the stock backend and not with our kernels (missing): add',
    ]);
  });

  it('wants an entry removed whose test passes, fails with the stock backend too, or is gone', () => {
    for (const [before, now] of [
      [stock, run({ ...statuses(training), dilation: 'passed' })],
      [run({ ...statuses(stock), dilation: 'failed' }), training],
      [run({ add: 'passed', gradient: 'failed' }), run({ add: 'passed', gradient: 'passed' })],
    ] as const) {
      expect(compareRuns(before, now, known, 1)).toEqual([expect.stringMatching(/remove it .*: dilation/)]);
    }
  });

  it('wants a reason for every entry', () => {
    expect(compareRuns(stock, training, [{ test: 'dilation', reason: '' }], 2)).toEqual([
      'No reason is given for the known difference: dilation',
    ]);
  });

  it('does not pass without tests, without our kernels, or with errors outside of the tests', () => {
    expect(compareRuns(run({}), run({}), [], 1)).toEqual([
      expect.stringContaining('Only 0 tests passed with the stock backend'),
      expect.stringContaining('Only 0 tests passed with our kernels'),
      expect.stringContaining('were our kernels in use?'),
    ]);
    expect(compareRuns(stock, stock, [], 2)).toEqual([expect.stringContaining('were our kernels in use?')]);
    expect(compareRuns(stock, { ...training, errors: ['suite: no backend'] }, known, 2)).toEqual([
      'Outside of a test, with our kernels: suite: no backend',
    ]);
  });
});

function run(results: Record<string, string>): TestRun {
  const entries = Object.entries(results).map(([name, status]) => [
    name,
    { status, ...(status === 'failed' ? { message: 'because' } : {}) },
  ]);
  return { statuses: Object.fromEntries(entries), errors: [] };
}

function statuses(of: TestRun): Record<string, string> {
  return Object.fromEntries(Object.entries(of.statuses).map(([name, { status }]) => [name, status]));
}
