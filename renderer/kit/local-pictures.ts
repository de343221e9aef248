/** Small pictures of files that this window has just sent: shown while the file itself is still on its way. */
const urls = new Map<string, string>();
const MOST = 60;

export function keepPicture(blobId: string, picture: Blob): void {
  if (urls.has(blobId)) return;
  urls.set(blobId, URL.createObjectURL(picture));
  const oldest = urls.keys().next().value;
  if (urls.size <= MOST || oldest === undefined) return;
  URL.revokeObjectURL(urls.get(oldest) ?? "");
  urls.delete(oldest);
}

export function pictureOf(blobId: string): string | undefined {
  return urls.get(blobId);
}
