/** One line of the table. */
export interface Row {
  what: string;
  /** The number with its unit. */
  result: string;
  /** What it is compared with, such as `2.6 x bare`. */
  ratio?: string;
  /** A goal of the project, and whether this run met it. */
  goal?: { text: string; met: boolean };
}

export interface Benchmark {
  /** As it is typed after `npm run bench --`. */
  name: string;
  title: string;
  /** Too long for a plain `npm run bench`: it runs when it is named. */
  onRequest?: boolean;
  run(): Promise<Row[]>;
}
