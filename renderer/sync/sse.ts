export interface SseFrame {
  event: string;
  data: string;
  id: string | undefined;
}

/** Server-sent events out of lines (WHATWG HTML, 9.2.6), as far as the contract uses them. */
export class SseParser {
  #event = "";
  #data: string | undefined;
  #id: string | undefined;

  /** Takes the next line; returns a frame when an empty line ends one. */
  take(raw: string): SseFrame | undefined {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    if (colon === 0) return undefined;
    const field = colon < 0 ? line : line.slice(0, colon);
    const start = line[colon + 1] === " " ? colon + 2 : colon + 1;
    const value = colon < 0 ? "" : line.slice(start);
    if (field === "data") this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    else if (field === "event") this.#event = value;
    else if (field === "id") this.#id = value;
    return undefined;
  }

  #dispatch(): SseFrame | undefined {
    const data = this.#data;
    const frame = { event: this.#event === "" ? "message" : this.#event, id: this.#id };
    this.#event = "";
    this.#data = undefined;
    this.#id = undefined;
    return data === undefined ? undefined : { ...frame, data };
  }
}
