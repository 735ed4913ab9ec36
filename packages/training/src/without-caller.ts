/** What an error of a package of ours says, without the function that all their messages begin with: to be said as a reason. */
export function withoutCaller(message: string): string {
  return message.replace(/^[a-z]\w*: /, '');
}
