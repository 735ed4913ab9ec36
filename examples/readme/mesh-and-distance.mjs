import { hausdorff, spiralCylinder, tessellate } from '@kanrecon/geometry';
import { writeGlb } from '@kanrecon/geometry/files';

const a = tessellate(spiralCylinder, [1, 2, 1, 2, 0.3, 3]);
const b = tessellate(spiralCylinder, [1.1, 2, 1, 2, 0.3, 3]);
console.log(hausdorff(a, b), (await writeGlb(a)).length);
