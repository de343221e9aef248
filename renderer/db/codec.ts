/** Seals text so that only the holder of the account's key reads it, and only in the place it was sealed for. */
export interface Codec {
  seal(text: string, place: string): Promise<ArrayBuffer>;
  /** @throws DOMException OperationError when the key, the place or a byte is wrong. */
  open(data: ArrayBuffer, place: string): Promise<string>;
  /** The same for pieces of files. */
  sealBytes(bytes: ArrayBuffer, place: string): Promise<ArrayBuffer>;
  openBytes(data: ArrayBuffer, place: string): Promise<ArrayBuffer>;
}

/** Bytes of the nonce of AES-GCM (NIST SP 800-38D section 5.2.1.1). */
const NONCE_BYTES = 12;
/** Room for a block of 150 rows. */
const SCRATCH_BYTES = 512 * 1024;
/** UTF-8 needs at most three bytes for each unit of a JavaScript string. */
const MOST_BYTES_A_UNIT = 3;

export async function createCodec(rawKey: ArrayBuffer, source: Crypto = crypto): Promise<Codec> {
  const key = await source.subtle.importKey("raw", rawKey, "AES-GCM", false, ["encrypt", "decrypt"]);
  const encoder = new TextEncoder();
  // One buffer for all: `encrypt` copies its input before it returns. A rare long text gets its own.
  const scratch = new Uint8Array(SCRATCH_BYTES);
  const encode = (text: string): Uint8Array<ArrayBuffer> => {
    if (text.length * MOST_BYTES_A_UNIT > SCRATCH_BYTES) return encoder.encode(text);
    return scratch.subarray(0, encoder.encodeInto(text, scratch).written);
  };
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const parameters = (nonce: Uint8Array<ArrayBuffer>, place: string) => ({
    name: "AES-GCM",
    iv: nonce,
    additionalData: encoder.encode(place),
  });
  const sealBytes = async (bytes: BufferSource, place: string): Promise<ArrayBuffer> => {
    const nonce = source.getRandomValues(new Uint8Array(NONCE_BYTES));
    const sealed = await source.subtle.encrypt(parameters(nonce, place), key, bytes);
    const whole = new Uint8Array(NONCE_BYTES + sealed.byteLength);
    whole.set(nonce);
    whole.set(new Uint8Array(sealed), NONCE_BYTES);
    return whole.buffer;
  };
  const openBytes = async (data: ArrayBuffer, place: string): Promise<ArrayBuffer> => {
    const nonce = new Uint8Array(data.slice(0, NONCE_BYTES));
    const sealed = new Uint8Array(data, Math.min(NONCE_BYTES, data.byteLength));
    return await source.subtle.decrypt(parameters(nonce, place), key, sealed);
  };
  return {
    seal: (text, place) => sealBytes(encode(text), place),
    open: async (data, place) => decoder.decode(await openBytes(data, place)),
    sealBytes,
    openBytes,
  };
}

/** The key that seals, and the one before while something is still under it. */
export interface KeyRing {
  current: Codec;
  previous: Codec | undefined;
}

export async function createKeyRing(rawKey: ArrayBuffer, rawPrevious?: ArrayBuffer): Promise<KeyRing> {
  return {
    current: await createCodec(rawKey),
    previous: rawPrevious === undefined ? undefined : await createCodec(rawPrevious),
  };
}

/** Seals with the current key and opens with either, as the ring stands at that moment. */
export function codecOf(ring: KeyRing): Codec {
  const either = async <T>(open: (codec: Codec) => Promise<T>): Promise<T> => {
    const { current, previous } = ring;
    try {
      return await open(current);
    } catch (error) {
      if (previous === undefined) throw error;
      return await open(previous);
    }
  };
  return {
    seal: (text, place) => ring.current.seal(text, place),
    sealBytes: (bytes, place) => ring.current.sealBytes(bytes, place),
    open: (data, place) => either((codec) => codec.open(data, place)),
    openBytes: (data, place) => either((codec) => codec.openBytes(data, place)),
  };
}
