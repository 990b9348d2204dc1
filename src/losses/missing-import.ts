/** What to say of an import that leads nowhere. */
export function missingImport(importer: string, specifier: string): string {
  if (/^[./]|^[A-Za-z]:/.test(specifier)) {
    return `${importer} imports "${specifier}", and there is no such file.`;
  }
  return (
    `${importer} imports "${specifier}", which is not installed. ` +
    `Run "npm install ${packageOf(specifier)}" in its project.`
  );
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
