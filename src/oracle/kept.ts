/** What an iterator gives, kept as far as it was asked for, so that it can be gone through again from its start. */
export class Kept<T> implements Iterable<T> {
  readonly #source: Iterator<T>;
  readonly #given: T[] = [];

  constructor(source: Iterator<T>) {
    this.#source = source;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let i = 0; ; i++) {
      if (i === this.#given.length) {
        const next = this.#source.next();
        if (next.done) return;
        this.#given.push(next.value);
      }
      yield this.#given[i];
    }
  }
}
