/** A workflow command of GitHub that makes an annotation. */
export interface Command {
  level: "error" | "warning" | "notice";
  /** From the repository's folder. */
  file?: string;
  line?: number;
  title: string;
  message: string;
}

/** `::error file=a.ts,line=3,title=…::…` on a line of its own. */
export function commandText({ level, message, ...properties }: Command): string {
  const { file, line, title } = properties;
  const given = Object.entries({ file, line, title }).filter(([, value]) => value !== undefined);
  const list = given.map(([name, value]) => `${name}=${property(String(value))}`).join(",");
  return `::${level} ${list}::${data(message)}\n`;
}

/** As the toolkit of GitHub Actions escapes them. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
