/**
 * `app://parvis/x` is `http://parvis.app.localhost/x` for the Chromium at hand, which cannot be taught a scheme. Only
 * schemes that were registered as privileged are translated.
 */
const schemes = new Set<string>();

export function addScheme(scheme: string): void {
  schemes.add(scheme);
}

/** As Chromium knows it. */
export function inward(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url);
  const [, scheme = "", host = "", rest = ""] = match ?? [];
  return schemes.has(scheme.toLowerCase()) ? `http://${host}.${scheme.toLowerCase()}.localhost${rest}` : url;
}

/** As the shell knows it. */
export function outward(url: string): string {
  const match = /^(blob:)?http:\/\/([^/?#]*)\.([a-z][a-z0-9+-]*)\.localhost(.*)$/is.exec(url);
  const [, blob = "", host = "", scheme = "", rest = ""] = match ?? [];
  return schemes.has(scheme) ? `${blob}${scheme}://${host}${rest}` : url;
}

/** `app://parvis`, which URL calls opaque for schemes that it does not know. */
export function originOf(url: string): string {
  const match = /^(?:blob:)?([a-z][a-z0-9+.-]*:\/\/[^/?#]+)/i.exec(outward(url));
  return match?.[1] ?? "null";
}
