import type { Mesh } from '@kanrecon/geometry';

/** The middle of the box around all meshes. */
export function middleOf(...meshes: readonly Mesh[]): [number, number, number] {
  const middle = (axis: number) => {
    let [least, most] = [Infinity, -Infinity];
    for (const { positions } of meshes) {
      for (let i = axis; i < positions.length; i += 3) {
        least = Math.min(least, positions[i]!);
        most = Math.max(most, positions[i]!);
      }
    }
    return least <= most ? (least + most) / 2 : 0;
  };
  return [middle(0), middle(1), middle(2)];
}
