/** Gives an error of the file system that names no path this one: writing to an open file fails without. Other errors pass. */
export async function namingPath<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, path: named } = error as NodeJS.ErrnoException;
    if (typeof code === 'string' && named === undefined) Object.assign(error as Error, { path });
    throw error;
  }
}
