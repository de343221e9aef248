/**
 * What waits to be sent and may not lie on disk: sealed like the records there, in memory alone. It outlives the cache
 * being closed (a lock forgets the key, and these cannot be read without it), and goes with the program.
 */
export class VolatileRecords {
  /** Entries of the outbox, by their order. */
  readonly outbox = new Map<number, ArrayBuffer>();
  /** Files on their way, by blob id. */
  readonly uploads = new Map<string, ArrayBuffer>();
  readonly #slices = new Map<string, Map<number, ArrayBuffer>>();

  slice(blobId: string, index: number): ArrayBuffer | undefined {
    return this.#slices.get(blobId)?.get(index);
  }

  putSlice(blobId: string, index: number, data: ArrayBuffer): void {
    const slices = this.#slices.get(blobId) ?? new Map<number, ArrayBuffer>();
    slices.set(index, data);
    this.#slices.set(blobId, slices);
  }

  deleteUpload(blobId: string): void {
    this.uploads.delete(blobId);
    this.#slices.delete(blobId);
  }

  /** Under the current key, all of it. */
  async reseal(
    places: {
      outbox: string;
      upload: (blobId: string) => string;
      slice: (blobId: string, index: number) => string;
    },
    reseal: (data: ArrayBuffer, place: string) => Promise<ArrayBuffer>,
  ): Promise<void> {
    await resealAll(this.outbox, () => places.outbox, reseal);
    await resealAll(this.uploads, places.upload, reseal);
    for (const [blobId, slices] of this.#slices) {
      await resealAll(slices, (index) => places.slice(blobId, index), reseal);
    }
  }

  clear(): void {
    this.outbox.clear();
    this.uploads.clear();
    this.#slices.clear();
  }
}

async function resealAll<K>(
  records: Map<K, ArrayBuffer>,
  placeOf: (key: K) => string,
  reseal: (data: ArrayBuffer, place: string) => Promise<ArrayBuffer>,
): Promise<void> {
  for (const [key, data] of records) {
    const fresh = await reseal(data, placeOf(key));
    // Sent, or written anew, meanwhile.
    if (records.get(key) === data) records.set(key, fresh);
  }
}
