/** A number with so many decimals; a dash where it is not defined, as R² of a single image. */
export function fixed(value: number | null | undefined, decimals: number): string {
  return typeof value === 'number' && Number.isFinite(value) ? value.toFixed(decimals) : '–';
}
