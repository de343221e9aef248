import { IDBFactory } from "fake-indexeddb";

/** A disk that outlives the processes using it. */
export class Disk {
  readonly #real = new IDBFactory();
  readonly #open = new Set<IDBDatabase>();

  /** What one life of a client sees; after `kill` it can write no more, as if the process had ended. */
  life(): { indexedDB: IDBFactory; kill: () => void } {
    const real = this.#real;
    const connections = this.#open;
    let isDead = false;
    const indexedDB = Object.create(real, {
      open: {
        value: (name: string, version?: number) => {
          if (isDead) throw new DOMException("The process has ended.", "InvalidStateError");
          const request = real.open(name, version);
          request.addEventListener("success", () => {
            if (isDead) request.result.close();
            else connections.add(request.result);
          });
          return request;
        },
      },
      deleteDatabase: { value: (name: string) => real.deleteDatabase(name) },
      cmp: { value: (a: unknown, b: unknown) => real.cmp(a, b) },
      databases: { value: () => real.databases() },
    });
    return {
      indexedDB,
      kill: () => {
        isDead = true;
        for (const connection of connections) connection.close();
        connections.clear();
      },
    };
  }
}
