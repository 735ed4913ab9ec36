import { surfaceNames } from '@kanrecon/geometry';
import { sceneByName } from '@kanrecon/scene';
import { foreignKinds } from './foreign-images.mjs';
import { spoilings } from './spoiled-images.mjs';

/** What is to be measured: for each scene so many of its own images of each kind, and half as many of each other kind. */
export function verdictCases(scenes, count) {
  const kinds = scenes.flatMap((scene) => {
    const others = surfaceNames().filter((name) => name !== sceneByName(scene).surface.name);
    return [
      ...spoilings.map((kind) => ({ scene, group: 'own', kind })),
      ...(scene === 'study' ? [{ scene, group: 'own', kind: 'blender' }] : []),
      ...others.map((kind) => ({ scene, group: 'surface', kind })),
      ...foreignKinds.map((kind) => ({ scene, group: 'foreign', kind })),
      { scene, group: 'foreign', kind: 'one colour' },
      { scene, group: 'foreign', kind: 'noise' },
    ];
  });
  // Round by round: an interrupted run has of each kind about as many.
  return Array.from({ length: count }).flatMap((_, index) =>
    kinds.filter(({ group }) => group === 'own' || index % 2 === 0).map((kind) => ({ ...kind, index })),
  );
}
