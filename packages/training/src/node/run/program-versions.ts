import { version_core } from '@tensorflow/tfjs-core';
import { version } from '../../../package.json';

/** Versions worth knowing when a run's numbers are to be repeated. */
export function programVersions(own: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    ...own,
    '@kanrecon/training': version,
    '@tensorflow/tfjs-core': version_core,
    node: process.versions.node,
  };
}
