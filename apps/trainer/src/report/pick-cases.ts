/** A prediction by its place among all, the best first. */
export interface PickedCase {
  readonly title: string;
  readonly index: number;
}

/** Which of so many predictions a report shows in full: best, median and worst, none of them twice. */
export function pickCases(count: number): PickedCase[] {
  if (count === 0) return [];
  if (count === 1) return [{ title: 'The only one', index: 0 }];
  const [best, worst] = [
    { title: 'Best', index: 0 },
    { title: 'Worst', index: count - 1 },
  ];
  return count === 2 ? [best, worst] : [best, { title: 'Median', index: Math.floor(count / 2) }, worst];
}
