/** What is said where the browser draws nothing in 3D. */
export const noGraphics =
  'This browser shows no 3D graphics (WebGL), so the object cannot be turned; all else works. Switch hardware acceleration on, or take another browser.';
