/**
 * A seed for one layer, from the model's seed and the layer's name (FNV-1a, 32 bit, over `seed:name`, then a final mix).
 *
 * Never 0: TensorFlow.js takes a seed of 0 for "no seed" and falls back to `Math.random()`.
 *
 * Hashed otherwise than in @kanrecon/kan-layers: both packages stand alone, and who trained with a seed gets the same weights
 * again only as long as neither changes.
 */
export function layerSeed(seed: number, name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${seed}:${name}`)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % 0x7fffffff || 1;
}
