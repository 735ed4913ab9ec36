/** The line of a failed process's stderr that says why. */
export function errorReason(stderr) {
  const lines = stderr.trim().split('\n');
  return (lines.find((line) => /^\w*Error(?: \[\w+\])?: /.test(line)) ?? lines.at(-1)).trim().slice(0, 200);
}
