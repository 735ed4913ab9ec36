import { version_core } from '@tensorflow/tfjs-core';
import { programVersion } from 'kanrecon';

/** Versions worth knowing when a run's numbers are to be repeated. */
export function programVersions(): Record<string, string> {
  return { kanrecon: programVersion(), '@tensorflow/tfjs-core': version_core, node: process.versions.node };
}
