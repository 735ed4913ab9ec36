import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { paintThumbnail } from '../image/paint-thumbnail.js';
import type { Picture } from '../image/picture.js';

/** A picture, small: the square in its middle. */
export function Thumbnail({ picture }: { picture: Picture }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current) paintThumbnail(canvas.current, picture);
  }, [picture]);
  return <canvas ref={canvas} />;
}
