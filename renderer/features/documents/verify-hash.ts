/** The SHA-256 of what stands at an address, fetched anew. Null when it cannot be read, or not wholly. */
export async function sha256Of(url: string, fetch = globalThis.fetch): Promise<string | null> {
  try {
    const response = await fetch(url, { cache: "no-store" });
    if (!response.ok) return null;
    const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  } catch {
    return null;
  }
}
