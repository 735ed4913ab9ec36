/** A learning rate as a pure function of the position (epoch or step, counted from 0). */
export type LearningRateSchedule = (position: number) => number;

/** Throws unless every value is a finite number of at least `min`. */
export function checkSchedule(where: string, values: Record<string, number>, min = 0): void {
  for (const [name, value] of Object.entries(values)) {
    if (!(Number.isFinite(value) && value >= min)) {
      throw new Error(`${where}: ${name} is wrong; expected a number of at least ${min}, got ${value}`);
    }
  }
}
