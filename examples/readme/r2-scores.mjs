import { r2Score } from '@kanrecon/metrics';

console.log(
  r2Score(
    [
      [0.5, 1],
      [-1, 1],
      [7, -6],
    ],
    [
      [0, 2],
      [-1, 2],
      [8, -5],
    ],
    { multioutput: 'rawValues' },
  ),
);
