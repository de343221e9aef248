/** Numbers that become more: half as much room again each time. */
export class GrowingNumbers {
  #numbers = new Uint32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#numbers.length) {
      const more = new Uint32Array(Math.ceil(this.length * 1.5));
      more.set(this.#numbers);
      this.#numbers = more;
    }
    this.#numbers[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.#numbers[index] ?? 0;
  }

  done(): Uint32Array<ArrayBuffer> {
    return this.#numbers.slice(0, this.length);
  }
}

/** The same for bytes. */
export class GrowingBytes {
  #bytes = Buffer.allocUnsafeSlow(4096);
  length = 0;

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.length] = value;
    this.length += 1;
  }

  text(text: string): void {
    // No character of JavaScript takes more.
    this.#room(text.length * 3);
    this.length += this.#bytes.write(text, this.length);
  }

  /** Seven bits a byte, the lowest first. */
  varint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.byte((rest & 127) | 128);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  done(): Uint8Array<ArrayBuffer> {
    return Uint8Array.prototype.slice.call(this.#bytes, 0, this.length);
  }

  #room(bytes: number): void {
    if (this.length + bytes <= this.#bytes.length) return;
    const more = Buffer.allocUnsafeSlow(Math.max(this.length + bytes, Math.ceil(this.#bytes.length * 1.5)));
    this.#bytes.copy(more, 0, 0, this.length);
    this.#bytes = more;
  }
}
