/** Through the browser's own way of saving files: it asks where. */
export function saveFile(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after this call has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
