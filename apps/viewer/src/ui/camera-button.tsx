import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { openFiles } from '../actions/open-image.js';
import { report } from '../actions/report.js';
import { cameras, closeCamera, hasCamera, openCamera, takePicture } from '../image/camera-stream.js';
import { Icon } from './icon.js';

/** Pictures taken since the page is open, for their names. */
let taken = 0;

/** Takes an image with a camera: the square that is seen is the one that is taken. Not there where no page may ask for a camera. */
export function CameraButton(): JSX.Element | null {
  const open = useSignal(false);
  if (!hasCamera()) return null;
  return (
    <>
      <button
        type="button"
        class="button"
        onClick={() => {
          open.value = true;
        }}
      >
        <Icon name="camera" /> Take a picture
      </button>
      {open.value && (
        <CameraDialog
          onClose={() => {
            open.value = false;
          }}
        />
      )}
    </>
  );
}

function CameraDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const stream = useSignal<MediaStream | undefined>(undefined);
  const known = useSignal<readonly MediaDeviceInfo[]>([]);
  const chosen = useSignal<string | undefined>(undefined);

  useEffect(() => dialog.current?.showModal(), []);

  useEffect(() => {
    let left = false;
    openCamera(chosen.value)
      .then(async (opened) => {
        if (left) return closeCamera(opened);
        stream.value = opened;
        const list = await cameras();
        if (!left) known.value = list;
      })
      .catch((error: unknown) => {
        if (left) return;
        report(error);
        onClose();
      });
    return () => {
      left = true;
      if (stream.value) closeCamera(stream.value);
      stream.value = undefined;
    };
  }, [chosen.value]);

  useEffect(() => {
    if (video.current) video.current.srcObject = stream.value ?? null;
  }, [stream.value]);

  const take = async () => {
    try {
      const file = await takePicture(video.current!, `picture-${++taken}.png`);
      onClose();
      await openFiles([file]);
    } catch (error) {
      report(error);
    }
  };
  const current = chosen.value ?? stream.value?.getVideoTracks()[0]?.getSettings().deviceId;
  return (
    <dialog class="camera" ref={dialog} aria-label="Take a picture" onClose={onClose}>
      <video ref={video} class="viewfinder" autoplay playsInline muted aria-label="What the camera sees" />
      {known.value.length > 1 && (
        <label class="field">
          Camera
          <select
            value={current}
            onChange={({ currentTarget }) => {
              chosen.value = currentTarget.value;
            }}
          >
            {known.value.map(({ deviceId, label }, i) => (
              <option key={deviceId} value={deviceId}>
                {label || `Camera ${i + 1}`}
              </option>
            ))}
          </select>
        </label>
      )}
      <p class="hint">The whole object, before a plain background. The picture stays in this page.</p>
      <div class="camera-actions">
        <button type="button" class="button primary" disabled={!stream.value} onClick={() => void take()}>
          <Icon name="camera" /> Take it
        </button>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
    </dialog>
  );
}
