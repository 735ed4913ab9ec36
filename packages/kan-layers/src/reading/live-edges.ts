import type { Attribution } from './attribute.js';

/** What stays of a network. */
export interface LivePart {
  /** nodes[l]: indices of the nodes of layer l's input that stay; the last entry is the outputs. Inputs and outputs all stay. */
  readonly nodes: readonly number[][];
  /** edges[l][i·units + o]: 1 for an edge that stays, in the old network's numbering. */
  readonly edges: readonly Uint8Array[];
}

/**
 * Edges and hidden nodes with scores of at least the thresholds, less all that then lies on no path from an input to an output.
 */
export function liveEdges({ nodes, edges }: Attribution, edgeThreshold: number, nodeThreshold: number): LivePart {
  const depth = edges.length;
  const alive = nodes.map((scores, l) =>
    Uint8Array.from(scores, (score) => (l === 0 || l === depth || score >= nodeThreshold ? 1 : 0)),
  );
  const live = edges.map((scores) => Uint8Array.from(scores, (score) => (score >= edgeThreshold && score > 0 ? 1 : 0)));
  for (let changed = true; changed; ) {
    changed = false;
    for (let l = 0; l < depth; l++) {
      const units = nodes[l + 1]!.length;
      live[l]!.forEach((value, e) => {
        if (value && !(alive[l]![Math.floor(e / units)] && alive[l + 1]![e % units])) {
          live[l]![e] = 0;
          changed = true;
        }
      });
    }
    for (let l = 1; l < depth; l++) {
      const [before, after] = [nodes[l]!.length, nodes[l + 1]!.length];
      alive[l]!.forEach((value, n) => {
        const fed = live[l - 1]!.some((edge, e) => edge && e % before === n);
        const read = live[l]!.some((edge, e) => edge && Math.floor(e / after) === n);
        if (value && !(fed && read)) {
          alive[l]![n] = 0;
          changed = true;
        }
      });
    }
  }
  return { nodes: alive.map((flags) => [...flags.keys()].filter((n) => flags[n])), edges: live };
}
