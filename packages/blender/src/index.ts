export { fakeBlender } from './../test/fake-blender.js';
