/** Seals text so that only the holder of the account's key reads it, and only in the place it was sealed for. */
export interface Codec {
  seal(text: string, place: string): Promise<ArrayBuffer>;
  /** @throws DOMException OperationError when the key, the place or a byte is wrong. */
  open(data: ArrayBuffer, place: string): Promise<string>;
}

/** Bytes of the nonce of AES-GCM (NIST SP 800-38D section 5.2.1.1). */
const NONCE_BYTES = 12;

export async function createCodec(rawKey: ArrayBuffer, source: Crypto = crypto): Promise<Codec> {
  const key = await source.subtle.importKey("raw", rawKey, "AES-GCM", false, ["encrypt", "decrypt"]);
  const encoder = new TextEncoder();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const parameters = (nonce: Uint8Array<ArrayBuffer>, place: string) => ({
    name: "AES-GCM",
    iv: nonce,
    additionalData: encoder.encode(place),
  });
  return {
    async seal(text, place) {
      const nonce = source.getRandomValues(new Uint8Array(NONCE_BYTES));
      const sealed = await source.subtle.encrypt(parameters(nonce, place), key, encoder.encode(text));
      const whole = new Uint8Array(NONCE_BYTES + sealed.byteLength);
      whole.set(nonce);
      whole.set(new Uint8Array(sealed), NONCE_BYTES);
      return whole.buffer;
    },
    async open(data, place) {
      const nonce = new Uint8Array(data.slice(0, NONCE_BYTES));
      const sealed = new Uint8Array(data, Math.min(NONCE_BYTES, data.byteLength));
      return decoder.decode(await source.subtle.decrypt(parameters(nonce, place), key, sealed));
    },
  };
}
