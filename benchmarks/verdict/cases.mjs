import { surfaceNames } from '@kanrecon/geometry';
import { sceneByName } from '@kanrecon/scene';
import { foreignKinds } from './foreign-images.mjs';
import { spoilings } from './spoiled-images.mjs';

/** What is to be measured: for each scene so many of its own images of each kind, and half as many of each other kind. */
export function verdictCases(scenes, count) {
  return scenes.flatMap((scene) => {
    const others = surfaceNames().filter((name) => name !== sceneByName(scene).surface.name);
    const kinds = [
      ...spoilings.map((kind) => ['own', kind]),
      ...(scene === 'study' ? [['own', 'blender']] : []),
      ...others.map((kind) => ['surface', kind]),
      ...foreignKinds.map((kind) => ['foreign', kind]),
      ['foreign', 'one colour'],
      ['foreign', 'noise'],
    ];
    const images = (group) => (group === 'own' ? count : Math.ceil(count / 2));
    return kinds.flatMap(([group, kind]) => Array.from({ length: images(group) }, (_, index) => ({ scene, group, kind, index })));
  });
}
