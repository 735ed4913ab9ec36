/** How the project says what the file system answers. */
export interface FileErrorWords {
  /** Said of a path, whatever was done with it. */
  readonly reason: string;
  /** Said of a path that was to be written, where that can be said better. */
  readonly writing?: string;
  /** Whether what is missing is space. */
  readonly space?: true;
}

const fileInTheWay = 'a file is in the way where a folder is needed';
const noPermission = { reason: 'permission denied' } as const;

/** The one table of what a user can mend, by the system's code; codes that it lacks are told by themselves. */
export const fileErrors: Readonly<Record<string, FileErrorWords>> = {
  ENOENT: { reason: 'there is no such file or folder', writing: 'the folder does not exist' },
  ENOTDIR: { reason: 'a part of this path is a file, not a folder', writing: fileInTheWay },
  EISDIR: { reason: 'this is a folder, not a file', writing: 'a folder is in the way where a file is needed' },
  EEXIST: { reason: 'this exists already', writing: fileInTheWay },
  EACCES: noPermission,
  EPERM: noPermission,
  EROFS: { reason: 'the file system is read-only' },
  ENOSPC: { reason: 'the disk is full', space: true },
  EDQUOT: { reason: 'the disk quota is used up', space: true },
  EFBIG: { reason: 'the file would become larger than is allowed' },
  ENOTSUP: { reason: 'no folder can be made there' },
  EMFILE: { reason: 'too many files are open' },
  ENAMETOOLONG: { reason: 'this name is too long' },
  ELOOP: { reason: 'too many symbolic links lead there' },
  EINVAL: { reason: 'the system takes no such name' },
  EBUSY: { reason: 'something else is using it' },
  EIO: { reason: 'the disk reports an error' },
};
