import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { openFiles } from '../actions/open-image.js';
import { report } from '../actions/report.js';
import { cameras, closeCamera, hasCamera, openCamera, takePicture } from '../image/camera-stream.js';
import { ViewerError } from '../image/viewer-error.js';
import { sentenceOf } from '../worker/sentence-of.js';
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
  /** The first picture is there. */
  const ready = useSignal(false);
  const taking = useSignal(false);
  const failure = useSignal<string | undefined>(undefined);
  const close = () => {
    // A dialog that is closed, and not just taken away, gives the focus back to the button.
    dialog.current?.close();
    onClose();
  };

  useEffect(() => dialog.current?.showModal(), []);

  useEffect(() => {
    let left = false;
    const gone = () => {
      if (left) return;
      report(new ViewerError('The camera has gone; connect it again, or choose a file.'));
      close();
    };
    openCamera(chosen.value)
      .then(async (opened) => {
        if (left) return closeCamera(opened);
        stream.value = opened;
        for (const track of opened.getTracks()) track.addEventListener('ended', gone);
        const list = await cameras();
        if (!left) known.value = list;
      })
      .catch((error: unknown) => {
        if (left) return;
        report(error);
        close();
      });
    return () => {
      left = true;
      if (stream.value) closeCamera(stream.value);
      stream.value = undefined;
      ready.value = false;
    };
  }, [chosen.value]);

  useEffect(() => {
    if (video.current) video.current.srcObject = stream.value ?? null;
  }, [stream.value]);

  const take = async () => {
    if (taking.value) return;
    taking.value = true;
    failure.value = undefined;
    let file: File;
    try {
      file = await takePicture(video.current!, `picture-${taken + 1}.png`);
      taken++;
    } catch (error) {
      // Here: elsewhere it would lie below the dialog.
      failure.value = sentenceOf(error);
      taking.value = false;
      return;
    }
    close();
    await openFiles([file]).catch(report);
  };
  const current = chosen.value ?? stream.value?.getVideoTracks()[0]?.getSettings().deviceId;
  return (
    <dialog class="camera" ref={dialog} aria-label="Take a picture" onClose={onClose}>
      <video
        ref={video}
        class="viewfinder"
        autoplay
        playsInline
        muted
        aria-label="What the camera sees"
        onLoadedData={() => {
          ready.value = true;
        }}
      />
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
      {failure.value && (
        <p class="camera-failure" role="alert">
          {failure.value}
        </p>
      )}
      <div class="camera-actions">
        <button
          type="button"
          class="button primary"
          disabled={!ready.value || taking.value}
          onClick={() => void take()}
        >
          <Icon name="camera" /> Take it
        </button>
        <button type="button" class="button" onClick={close}>
          Close
        </button>
      </div>
    </dialog>
  );
}
