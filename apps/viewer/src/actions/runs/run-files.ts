import { unzip } from 'fflate';
import { ViewerError } from '../../image/viewer-error.js';
import type { FileAt } from '../../state/runs/image-files.js';

/** Of a run's texts, and of all images together, at most. */
const mostBytes = 1e9;
const wanted =
  /(^|\/)(log\.jsonl|metrics\.json|evaluation\.json|predictions\.csv|config\.json|[^/]+\.(png|jpe?g|webp))$/i;

/** The files that a run may consist of: those that were chosen, and what is in archives among them. */
export async function runFilesOf(files: readonly File[]): Promise<readonly FileAt[]> {
  const found: FileAt[] = [];
  for (const file of files) {
    const path = file.webkitRelativePath || file.name;
    if (/\.zip$/i.test(file.name)) found.push(...(await unpacked(file)));
    else if (wanted.test(path)) found.push({ path, file });
  }
  return found;
}

async function unpacked(file: File): Promise<FileAt[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let total = 0;
  const filter = ({ name, originalSize }: { name: string; originalSize: number }) => {
    if (!wanted.test(name)) return false;
    total += originalSize;
    return total <= mostBytes;
  };
  const parts = await new Promise<Record<string, Uint8Array>>((resolve, reject) => {
    unzip(bytes, { filter }, (error, data) => (error ? reject(error) : resolve(data)));
  }).catch((cause: unknown) => {
    throw new ViewerError(`“${file.name}” is no zip archive, or a damaged one.`, { cause });
  });
  if (total > mostBytes)
    throw new ViewerError(`“${file.name}” unpacks to more than 1 GB, which is too much for a run.`);
  const folder = file.name.replace(/\.zip$/i, '');
  return Object.entries(parts).map(([path, data]) => ({
    path: `${folder}/${path.replaceAll('\\', '/')}`,
    file: new File([data as Uint8Array<ArrayBuffer>], path.slice(path.lastIndexOf('/') + 1), { type: typeOf(path) }),
  }));
}

function typeOf(path: string): string {
  const ending = /\.(png|jpe?g|webp)$/i.exec(path)?.[1]?.toLowerCase();
  return ending ? `image/${ending === 'jpg' ? 'jpeg' : ending}` : 'text/plain';
}
