import type { Vector3 } from '@kanrecon/render';
import { Color } from 'three';

/** A linear colour as `#rrggbb`, whose bytes are sRGB: what a colour field takes. */
export function hexOfColor([red, green, blue]: Vector3): string {
  return `#${new Color(red, green, blue).getHexString()}`;
}

/** The linear colour of `#rrggbb`. */
export function colorOfHex(hex: string): Vector3 {
  const { r, g, b } = new Color(hex);
  return [r, g, b];
}
