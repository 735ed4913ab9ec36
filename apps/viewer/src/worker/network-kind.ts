import type { ReconstructorConfig } from '@kanrecon/model';

/** What a network is made of, and how it sees images. */
export interface NetworkKind extends Pick<ReconstructorConfig, 'backbone' | 'imageSize' | 'fit' | 'mean' | 'std'> {
  readonly head: string;
  /** Of the head's hidden layers. */
  readonly widths: readonly number[];
  /** Whether it finds what shows of the camera, and whether it says how sure it is. */
  readonly camera: boolean;
  readonly intervals: boolean;
}
