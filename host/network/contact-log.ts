import { join } from "node:path";
import { z } from "zod";
import { contactSchema, type Contact } from "#contract/desktop/network.ts";
import { JsonFile } from "../files/json-file.ts";

export type ContactModule = Contact["module"];

const fileSchema = z.object({ version: z.literal(1), contacts: z.array(contactSchema) });
type Content = z.infer<typeof fileSchema>;

/** The oldest give way. */
const MAX_CONTACTS = 500;
const WRITE_MS = 5000;

export interface ContactLogOptions {
  dataDir: string;
  now: () => number;
  onNotice: (message: string) => void;
  writeMs?: number;
}

/**
 * Every host that was contacted, by which part of Parvis. Origins only: no path, no content. A host is on disk before it is
 * contacted for the first time; how often follows within seconds.
 */
export class ContactLog {
  readonly #options: ContactLogOptions;
  readonly #file: JsonFile<Content>;
  readonly #contacts = new Map<string, Contact>();
  #timer: NodeJS.Timeout | undefined;
  #isBroken = false;

  private constructor(options: ContactLogOptions) {
    this.#options = options;
    this.#file = new JsonFile<Content>({
      path: join(options.dataDir, "contacts.json"),
      schema: fileSchema,
      empty: () => ({ version: 1, contacts: [] }),
      onDamaged: options.onNotice,
    });
  }

  static async open(options: ContactLogOptions): Promise<ContactLog> {
    const log = new ContactLog(options);
    for (const contact of (await log.#file.read()).contacts) log.#contacts.set(keyOf(contact), contact);
    return log;
  }

  /** The newest first. */
  list(): Contact[] {
    return [...this.#contacts.values()].toSorted((a, b) => b.lastAt.localeCompare(a.lastAt));
  }

  /** Before contacting; waits for the disk when this is the first time. */
  async begin(address: string, module: ContactModule): Promise<void> {
    const origin = originOf(address);
    const at = new Date(this.#options.now()).toISOString();
    const known = this.#contacts.get(keyOf({ origin, module }));
    if (known !== undefined) {
      this.#put({ ...known, lastAt: at, count: known.count + 1 });
      this.#writeLater();
      return;
    }
    this.#put({ origin, module, firstAt: at, lastAt: at, count: 1, failures: 0 });
    await this.#write();
  }

  failed(address: string, module: ContactModule, failure: string): void {
    const known = this.#contacts.get(keyOf({ origin: originOf(address), module }));
    if (known === undefined) return;
    this.#put({ ...known, failures: known.failures + 1, lastFailure: failure });
    this.#writeLater();
  }

  async close(): Promise<void> {
    if (this.#timer !== undefined) await this.#write();
  }

  #put(contact: Contact): void {
    this.#contacts.set(keyOf(contact), contact);
    if (this.#contacts.size <= MAX_CONTACTS) return;
    for (const old of this.list().slice(MAX_CONTACTS)) this.#contacts.delete(keyOf(old));
  }

  #writeLater(): void {
    this.#timer ??= setTimeout(() => void this.#write(), this.#options.writeMs ?? WRITE_MS).unref();
  }

  /** A folder that cannot be written to does not keep anybody from working: the log is then of this run only. */
  async #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      await this.#file.update(() => ({ version: 1, contacts: this.list() }));
    } catch (error) {
      if (!this.#isBroken)
        this.#options.onNotice(`The list of contacted hosts cannot be kept on disk: ${String(error)}`);
      this.#isBroken = true;
    }
  }
}

function keyOf({ origin, module }: Pick<Contact, "origin" | "module">): string {
  return `${module} ${origin}`;
}

/** Host and port, nothing else. */
function originOf(address: string): string {
  const url = URL.parse(address);
  if (url === null) return "unknown:";
  return url.origin === "null" ? `${url.protocol}//${url.host}` : url.origin;
}
