// Loaded before the program (NODE_OPTIONS=--import): makes the second training worker fail in the third epoch, by an exception
// or, with FAIL_BY=exit, by leaving. It waits for the others through Atomics, which is where it is caught.
import { isMainThread, workerData } from 'node:worker_threads';

if (!isMainThread && workerData?.replica?.rank === 1) {
  const { add } = Atomics;
  let arrivals = 0;
  Atomics.add = (array, index, value) => {
    // Two arrivals a step, five steps an epoch.
    if (index === 0 && ++arrivals > 2 * 12) {
      if (process.env.FAIL_BY === 'exit') process.exit(3);
      throw new Error('out of luck');
    }
    return add(array, index, value);
  };
}
