/** Three decimals, or what is left of five digits of a large number. */
export function digits(value: number): string {
  return Math.abs(value) < 100 ? value.toFixed(3) : String(Number(value.toPrecision(5)));
}

/** Two digits. */
export function roughly(value: number): string {
  return `about ${Number(value.toPrecision(2))}`;
}

/** With its sign. */
export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${digits(Math.abs(value))}`;
}

/** A share in per cent, with its sign. */
export function signedPercent(share: number): string {
  return `${share < 0 ? '−' : '+'}${(100 * Math.abs(share)).toFixed(1)}\u00a0%`;
}
