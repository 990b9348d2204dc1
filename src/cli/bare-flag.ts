/** Words of a command line in which a flag stands alone where its default is meant, with an empty value for it there. */
export function withBareFlag(name: string, words: readonly string[]): string[] {
  const end = words.indexOf("--");
  return words.map((word, i) => (word === `--${name}` && (end < 0 || i < end) ? `${word}=` : word));
}
