import { expect, it } from 'vitest';
import { namingPath } from './naming-path.js';

it('gives an error of the file system the path that it lacks', async () => {
  const unnamed = Object.assign(new Error('raw'), { code: 'ENOSPC' });
  await expect(namingPath('/a', Promise.reject(unnamed))).rejects.toMatchObject({ code: 'ENOSPC', path: '/a' });
  const named = Object.assign(new Error('raw'), { code: 'ENOSPC', path: '/b' });
  await expect(namingPath('/a', Promise.reject(named))).rejects.toMatchObject({ path: '/b' });
  await expect(namingPath('/a', Promise.reject(new TypeError('x')))).rejects.not.toHaveProperty('path');
  expect(await namingPath('/a', Promise.resolve(3))).toBe(3);
});
