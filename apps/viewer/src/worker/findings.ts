import type { ParameterVisibility } from '@kanrecon/identifiability';

// What is found where one looks closer: two meshes compared, a head looked into, images of a scene examined. Plain data, as in protocol.ts.

/** How far two meshes are apart, in the object's units. */
export interface MeshDistances {
  /** From the vertex of the one that is farthest from the other's vertices. */
  readonly vertices: { readonly aToB: number; readonly bToA: number };
  /** The same between the surfaces, triangles and all: lower bounds, within `error` of the greatest. */
  readonly surfaces: { readonly aToB: number; readonly bToA: number; readonly error: number };
  /** From either surface to the other, averaged over area and both ways. */
  readonly mean: number;
}

/** What a comparison of two meshes found. */
export interface MeshComparison {
  /** Diagonal of the box around the first mesh. */
  readonly size: number;
  readonly asFound: MeshDistances;
  /** After the scaling of the second mesh about the origin that brings it nearest, by this factor. */
  readonly scaled: MeshDistances & { readonly scale: number };
}

/** Distance of each vertex to the other's surface. */
export interface VertexDistances {
  readonly a: Float32Array;
  readonly b: Float32Array;
}

/** A network's head, looked into: a picture of it as a KAN, or why there is none. */
export type HeadInside =
  | { readonly kind: 'none'; readonly sentence: string }
  | {
      readonly kind: 'kan';
      /** By `plotKAN`; each edge says in `data-edge` which it is. */
      readonly svg: string;
      /** Kinds of the layers. */
      readonly layers: readonly string[];
      readonly edges: { readonly before: number; readonly after: number };
      /** How many images show where its functions are used. */
      readonly images: number;
      /** R² of a pruned head's outputs against the whole one's, over these images. */
      readonly fidelity?: number;
      /** By name, in units: what the whole head says of the image that was given, and what is left of it. */
      readonly answers?: {
        readonly whole: Readonly<Record<string, number>>;
        readonly left: Readonly<Record<string, number>>;
      };
    };

/** The function on one edge. */
export interface EdgeInside {
  /** Evenly from the least to the greatest value that images lead to. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Where the images lie. */
  readonly inputs: Float32Array;
  /** How much the edge counts; see `attribute` of `@kanrecon/kan-layers`. */
  readonly score: number;
  readonly from: string;
  readonly to: string;
  /** Kind of its layer. */
  readonly layer: string;
  /** The function of x that comes nearest, and what share of the edge's variance it explains; left out where none comes near. */
  readonly formula?: string;
  readonly r2?: number;
}

/** What images of a scene tell of its parameters. */
export interface Identified {
  /** The figure of `kanrecon identify`. */
  readonly svg: string;
  /** The findings, in sentences. */
  readonly summary: readonly string[];
  readonly verdicts: readonly {
    readonly name: string;
    readonly verdict: ParameterVisibility['verdict'];
    /** Smallest change, as a share of its range, that an eye can see; null where none within it is. */
    readonly seenShare: number | null;
  }[];
  /** Objects that were looked at, and the width of their images in pixels. */
  readonly draws: number;
  readonly size: number;
}
