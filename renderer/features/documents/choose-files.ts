/** The system's own chooser, for files or for a whole folder. */
export function chooseFiles(isFolder: boolean, onChosen: (files: readonly File[]) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.webkitdirectory = isFolder;
  input.addEventListener("change", () => onChosen([...(input.files ?? [])]));
  input.click();
}
