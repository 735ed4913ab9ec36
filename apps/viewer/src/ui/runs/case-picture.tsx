import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CaseImage } from '../../actions/runs/case-picture.js';
import { paintThumbnail } from '../../image/paint-thumbnail.js';
import type { Picture } from '../../image/picture.js';

/** A case's image, whole. */
export function CasePicture({ image, name }: { image: CaseImage; name: string }): JSX.Element {
  return image.kind === 'file' ? (
    <FilePicture file={image.file} name={name} />
  ) : (
    <DrawnPicture picture={image.picture} name={name} />
  );
}

function FilePicture({ file, name }: { file: File; name: string }): JSX.Element {
  const [address, setAddress] = useState<string | undefined>(undefined);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setAddress(made);
    setBroken(false);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  if (broken) return <p class="empty case-missing">The image cannot be read: it is damaged, or no image.</p>;
  return <>{address !== undefined && <img src={address} alt={`Case ${name}`} onError={() => setBroken(true)} />}</>;
}

function DrawnPicture({ picture, name }: { picture: Picture; name: string }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current) paintThumbnail(canvas.current, picture);
  }, [picture]);
  return <canvas ref={canvas} role="img" aria-label={`Case ${name}, drawn again`} />;
}
