import { imageFitDefaults } from '@kanrecon/image';
import type { JsonValue } from './json-value.js';
import type { FirstDataSummary, ManifestFields } from './manifest-schema.js';
import type { ReconstructorManifest } from './reconstructor-artifacts.js';

/** Version 1: a network of a surface, without a card, with checksums of weights and optimizer only. */
interface FirstVersion {
  readonly version: 1;
  readonly config: Readonly<Record<string, JsonValue>>;
  readonly surface: { readonly parameters: ReconstructorManifest['targets'] };
  readonly preprocessing: unknown;
  readonly weights: FirstDataSummary;
  readonly optimizer?: NonNullable<ReconstructorManifest['optimizer']> & { readonly data: FirstDataSummary };
}

/** A manifest of any version, with what this version reads of it. */
export type UpgradedManifest = Omit<ReconstructorManifest, 'checksum' | keyof ManifestFields> & ManifestFields;

/** A manifest as this version has it, from what earlier versions wrote. Fields that are wrong stay so, for the checks that follow. */
export function upgradeManifest(manifest: ReconstructorManifest): UpgradedManifest {
  if (manifest.version !== 1) return manifest;
  const { config, surface, preprocessing: _, weights, optimizer, ...rest } = manifest as unknown as FirstVersion;
  const { surface: __, ...network } = config ?? {};
  const { data, ...state } = optimizer ?? { data: undefined };
  return {
    ...(rest as unknown as ReconstructorManifest),
    // Images were resized by sharp's Lanczos then, which ours equals to within 3 of 255.
    config: { ...network, fit: imageFitDefaults } as unknown as ReconstructorManifest['config'],
    targets: surface?.parameters,
    card: {},
    files: { 'weights.bin': weights, ...(data && { 'optimizer.bin': data }) },
    ...(data && { optimizer: state as ReconstructorManifest['optimizer'] }),
  };
}
