/**
 * What no reader sees, or what reorders the text beside it: controls, lone
 * surrogates, noncharacters, line separators, marks of direction. The joiners of
 * emoji and of scripts are text.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/**
 * Text in one line: line ends and tabs are blanks, and what can't be seen is shown
 * by its number, as `\x1b` and `\u202e`. A terminal obeys nothing in it.
 */
export function visible(text: string): string {
  return text.replace(/[\t\n\v\f\r]+/g, " ").replace(INVISIBLE, (character) => {
    const code = (character.codePointAt(0) as number).toString(16);
    if (code.length > 4) return `\\u{${code}}`;
    return code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`;
  });
}
