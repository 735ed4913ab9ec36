import type { Refinement } from '@kanrecon/reconstruction';
import type { CameraAngles, Vector3 } from '@kanrecon/render';
import type { DrawnView } from '@kanrecon/scene';

/** A guess on the way from the network's answer to the refined one. */
export interface RefinementStep {
  /** Renderings that were made until then. */
  readonly renderings: number;
  /** Shape by name, in units. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly view: DrawnView;
  /** Linear RGB. */
  readonly baseColor: Vector3;
  /** Mean absolute difference between its rendering and the image, of 255. */
  readonly residual: number;
}

/** What refinement found in one image: plain data. */
export interface RefinedImage
  extends Pick<
    Refinement,
    'found' | 'parameters' | 'estimates' | 'combinations' | 'view' | 'baseColor' | 'misfit' | 'renderings'
  > {
  /** Radians, as the network found it; where it started. Of a network that finds the camera. */
  readonly networkCamera?: CameraAngles;
  /** It took so long, in a thread of its own. */
  readonly seconds: number;
  /** The way there, from the first guess to the last; of images that a report shows. */
  readonly path?: readonly RefinementStep[];
}
