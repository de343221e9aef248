/** The one origin that windows show: standard and secure, so that it has IndexedDB and workers. */
export const SCHEME = "app";
export const APP_ORIGIN = "app://parvis";

/** By parsed address: `app://parvis.example` begins with the same letters. */
export function isAppUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === `${SCHEME}:` && url.host === "parvis";
}
