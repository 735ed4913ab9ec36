/**
 * Gives each random stream of a layer its own seed: the same (seed, stream) always gives the same number, and different streams
 * of one seed are unrelated. FNV-1a over the text, then murmur3's finalizer.
 *
 * Hashed otherwise than in @kanrecon/backbones: both packages stand alone, and who trained with a seed gets the same weights
 * again only as long as neither changes.
 *
 * @returns an integer in [1, 2³¹), never 0, because TensorFlow.js takes seed 0 for "no seed"; undefined when there is no seed
 */
export function deriveSeed(seed: number | null | undefined, stream: string): number | undefined {
  if (seed === undefined || seed === null) return undefined;
  let hash = 0x811c9dc5;
  for (const character of `${seed}/${stream}`) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash >>> 1 || 1;
}
