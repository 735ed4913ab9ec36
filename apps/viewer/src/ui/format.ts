/** Three decimals, or what is left of five digits of a large number. */
export function digits(value: number): string {
  return Math.abs(value) < 100 ? value.toFixed(3) : String(Number(value.toPrecision(5)));
}

/** Two digits. */
export function roughly(value: number): string {
  return `about ${Number(value.toPrecision(2))}`;
}
