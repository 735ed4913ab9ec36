import { ViewerError } from './viewer-error.js';

/** Whether the browser lets this page ask for a camera: only of pages from https or the machine itself. */
export function hasCamera(): boolean {
  return typeof navigator.mediaDevices?.getUserMedia === 'function';
}

/**
 * A camera's live pictures; asks the person first, if they were not asked before.
 *
 * @param deviceId of one of `cameras`; without it the one at the back of a phone, or any
 * @throws ViewerError in a sentence
 */
export async function openCamera(deviceId?: string): Promise<MediaStream> {
  const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: 'environment' };
  try {
    return await navigator.mediaDevices.getUserMedia({
      video: { ...which, width: { ideal: 1280 }, height: { ideal: 1280 } },
      audio: false,
    });
  } catch (error) {
    throw new ViewerError(reasonOf(error instanceof DOMException ? error.name : ''), { cause: error });
  }
}

/** Names of `DOMException` that `getUserMedia` fails with. */
function reasonOf(name: string): string {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'The browser does not let this page use the camera; allow it in the settings beside the address, or choose a file.';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'No camera was found; connect one, or choose a file.';
    case 'NotReadableError':
    case 'AbortError':
      return 'The camera cannot be used now; close what else uses it, or choose a file.';
    default:
      return 'The camera could not be started; choose a file.';
  }
}

/** The cameras that there are; their names are known once one was allowed. */
export async function cameras(): Promise<readonly MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kind === 'videoinput');
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/**
 * The square in the middle of the picture that a video shows, as a file like any other.
 *
 * @throws ViewerError where there is no picture yet
 */
export async function takePicture(video: HTMLVideoElement, name: string): Promise<File> {
  const side = Math.min(video.videoWidth, video.videoHeight);
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d');
  if (side > 0) {
    const [x, y] = [(video.videoWidth - side) / 2, (video.videoHeight - side) / 2];
    context?.drawImage(video, x, y, side, side, 0, 0, side, side);
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (side === 0 || !context || !blob) {
    throw new ViewerError('The camera has shown no picture yet; wait until it does, and take it again.');
  }
  return new File([blob], name, { type: 'image/png' });
}
