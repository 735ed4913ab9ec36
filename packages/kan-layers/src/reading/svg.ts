/** Text made safe inside an element or a quoted attribute; characters that XML does not allow are dropped. */
export function escapeText(text: string): string {
  return [...text]
    .filter((character) => character >= ' ' || '\t\n\r'.includes(character))
    .join('')
    .replace(/[\uFFFE\uFFFF]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** Two digits are enough for a screen. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** An empty element with the given attributes. */
export function element(name: string, attributes: Readonly<Record<string, string | number>>): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => `${key}="${typeof value === 'number' ? round(value) : escapeText(value)}"`,
  );
  return `<${name} ${written.join(' ')}/>`;
}

/** A curve through evenly spaced values, made to fill the frame; a constant lies in its middle. */
export function curvePath(
  values: readonly number[],
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
  stroke: string,
): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low;
  const points = values.map((value, k) => {
    const x = left + (width * k) / Math.max(1, values.length - 1);
    const y = top + (span > 0 ? height * (1 - (value - low) / span) : height / 2);
    return `${round(x)} ${round(y)}`;
  });
  return `<path d="M${points.join('L')}" fill="none" stroke="${stroke}" stroke-width="1.8" stroke-linejoin="round" stroke-linecap="round"/>`;
}
