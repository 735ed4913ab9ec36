import { SurfaceError } from '@kanrecon/geometry';
import { withoutCaller } from '@kanrecon/image';
import { UserError } from '../cli/user-error.js';

/**
 * Work that draws the surface of the flag `--surface`: if that turns out to be one that cannot be drawn, its file is named.
 *
 * @throws UserError in that case; any other error as it is
 */
export async function namingSurfaceFile<T>(surface: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const cause = error instanceof SurfaceError ? error : (error as Error)?.cause;
    if (!(cause instanceof SurfaceError) || !surface?.endsWith('.json')) throw error;
    throw new UserError(`${surface}: ${withoutCaller(cause.message)}.`, { cause: error });
  }
}
