/**
 * The line, counted from 1, on which the source of a module has what it exports
 * under a name: its declaration where that is in the file, else the export; 1 for
 * what cannot be found, as what `export *` brings.
 */
export function exportLine(name: string, source: string): number {
  const at = placeOf(name, source);
  return at === undefined ? 1 : source.slice(0, at).split("\n").length;
}

/** A name alone, up to the end of its line. */
const LOCAL = "(?:\\s*([\\w$]+)\\s*;?\\s*$)?";

function placeOf(name: string, source: string): number | undefined {
  const find = (...patterns: string[]) => {
    for (const pattern of patterns) {
      const found = new RegExp(pattern, "m").exec(source);
      if (found !== null) return found;
    }
    return undefined;
  };
  const word = escaped(name);
  const listed = `\\bexport\\s*\\{[^}]*?(?<![\\w$])(?:([\\w$]+)\\s+as\\s+)?${word}(?=\\s*[,}])`;
  const exported =
    name === "default"
      ? find(`^[ \\t]*export\\s+default\\b${LOCAL}`, `\\bmodule\\.exports\\s*=${LOCAL}`, listed)
      : find(`\\bexports\\.${word}\\s*=${LOCAL}`, listed);
  const local = escaped(exported?.[1] ?? name);
  const declared = find(
    `^[ \\t]*(?:export\\s+)?(?:async\\s+)?(?:function\\b\\s*\\*?|const|let|var)\\s*${local}(?![\\w$])`,
  );
  // module.exports = { name: …, name(…) { … }, name }
  return (declared ?? exported ?? find(`^[ \\t]*(?:async\\s+)?${word}[ \\t]*(?:[:(,]|$)`))?.index;
}

function escaped(name: string): string {
  return name.replaceAll("$", "\\$");
}
