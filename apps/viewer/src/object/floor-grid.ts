import { BufferGeometry, Float32BufferAttribute, LineBasicMaterial, LineSegments } from 'three';

/** Half the width of the floor, in the object's units. */
const half = 2;

/** Lines on the ground, one unit apart, to judge size by. */
export function floorGrid(): LineSegments<BufferGeometry, LineBasicMaterial> {
  const points: number[] = [];
  for (let k = -half; k <= half; k++) {
    points.push(-half, k, 0, half, k, 0);
    points.push(k, -half, 0, k, half, 0);
  }
  const geometry = new BufferGeometry().setAttribute('position', new Float32BufferAttribute(points, 3));
  return new LineSegments(geometry, new LineBasicMaterial({ transparent: true, opacity: 0.5 }));
}
