/**
 * The targets behind the shape's parameters, which come first: those of the camera.
 *
 * @param {readonly import('@kanrecon/model').Target[]} targets
 * @param {import('@kanrecon/scene').Scene} scene
 */
export function cameraTargetsOf(targets, { surface }) {
  return targets.slice(surface.parameters.length).map(({ name, min, max }) => ({ name, min, max }));
}
