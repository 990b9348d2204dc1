/** Which of so many numbered things an answer takes; a sentence where it can't be read. */
export function chosen(answer: string, count: number): number[] | string {
  const word = answer.trim().toLowerCase();
  const all = Array.from({ length: count }, (_, i) => i);
  if (["", "y", "yes", "all"].includes(word)) return all;
  const numbers = word.split(/[\s,]+/).map((part) => (/^\d+$/.test(part) ? Number(part) : 0));
  const isKnown = numbers.every((n) => n >= 1 && n <= count);
  if (isKnown) return all.filter((i) => numbers.includes(i + 1));
  const some = count > 1 ? ", or numbers from 1 to " : "";
  return `Answer yes or no${some}${some && count}.`;
}

/** Whether an answer is a no. */
export function isNo(answer: string): boolean {
  return ["n", "no", "none"].includes(answer.trim().toLowerCase());
}
