/**
 * What is wrong about a run with this package's kernels, next to one with the stock backend: a sentence each, none if all is well.
 * `known` are tests that may fail, each with its reason; at least `fewest` tests must have passed with either.
 */
export function compareRuns(stock, training, known, fewest) {
  const problems = [];
  const passed = (run) => Object.keys(run.statuses).filter((name) => run.statuses[name].status === 'passed');
  for (const [name, run] of Object.entries({ 'the stock backend': stock, 'our kernels': training })) {
    const count = passed(run).length;
    if (count < fewest)
      problems.push(`Only ${count} tests passed with ${name}; expected ${fewest} or more: did all of them run?`);
    for (const error of run.errors) problems.push(`Outside of a test, with ${name}: ${error}`);
  }
  const allowed = new Set(known.map(({ test }) => test));
  for (const name of passed(stock)) {
    const { status, message } = training.statuses[name] ?? { status: 'missing' };
    if (status !== 'passed' && !allowed.has(name)) {
      problems.push(
        `Passes with the stock backend and not with our kernels (${status}): ${name}${message ? `\n    ${message}` : ''}`,
      );
    }
  }
  for (const { test, reason } of known) {
    const [before, now] = [stock, training].map(({ statuses }) => statuses[test]?.status);
    if (!reason) problems.push(`No reason is given for the known difference: ${test}`);
    if (before !== 'passed' || now !== 'failed') {
      problems.push(
        `No difference any more, remove it from known-differences.mjs: ${test} (stock: ${before ?? 'no such test'}, ours: ${now ?? 'no such test'})`,
      );
    }
  }
  if (additionalPasses(stock, training).length === 0) {
    problems.push('No test passes that fails with the stock backend: were our kernels in use?');
  }
  return problems;
}

/** Names of the tests that pass with this package's kernels only. */
export function additionalPasses(stock, training) {
  return Object.keys(training.statuses).filter(
    (name) => training.statuses[name].status === 'passed' && stock.statuses[name]?.status !== 'passed',
  );
}
