import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { paintPicture } from '../image/paint-picture.js';
import type { Picture } from '../image/picture.js';

/** A picture, as it is. */
export function PictureCanvas({ picture, class: name }: { picture: Picture; class?: string }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current) paintPicture(canvas.current, picture);
  }, [picture]);
  return <canvas ref={canvas} class={name} />;
}
