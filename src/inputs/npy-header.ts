import { InputError } from "./input-error.js";

export interface NpyHeader {
  /** A dtype as numpy spells it: `<f4`, `|b1`. */
  descr: string;
  fortranOrder: boolean;
  shape: number[];
}

/**
 * Reads the header of a .npy file, a Python dict such as
 * `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`: these three
 * keys in any order, in either quotes, integers also as Python 2 wrote them (`3L`).
 *
 * Source: numpy.lib.format, versions 1.0 to 3.0.
 */
export function parseNpyHeader(text: string): NpyHeader {
  let rest = text;
  const take = (key: string, value: string, what: string) => {
    const field = new RegExp(`(['"])${key}\\1\\s*:\\s*${value}\\s*(?:,|(?=\\}))`).exec(rest);
    if (!field) throw corrupt(text, `${key} is not ${what}`);
    rest = rest.replace(field[0], "");
    return field[2];
  };
  if (/(['"])descr\1\s*:\s*\[/.test(text)) {
    throw new InputError("it holds records of several fields: save one field as an array of numbers.");
  }
  const descr = take("descr", `('[^']*'|"[^"]*")`, "a dtype in quotes").slice(1, -1);
  const fortranOrder = take("fortran_order", "(True|False)", "True or False") === "True";
  const tuple = take(
    "shape",
    "\\(((?:\\s*\\d+L?\\s*,)*\\s*(?:\\d+L?)?\\s*)\\)",
    "a tuple of non-negative integers",
  );
  if (!/^\s*\{\s*\}\s*$/.test(rest)) {
    throw corrupt(text, "there is more in it than descr, fortran_order and shape");
  }
  const shape = (tuple.match(/\d+/g) ?? []).map(Number);
  if (!shape.every(Number.isSafeInteger)) throw corrupt(text, "its shape is beyond any file");
  return { descr, fortranOrder, shape };
}

const corrupt = (header: string, what: string) =>
  new InputError(
    `its header is corrupt, ${what}: ${JSON.stringify(header.trim().slice(0, 120))}. Write the file again with np.save.`,
  );
