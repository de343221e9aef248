/**
 * One end of the bridge between the preload's world and the page's: what contextBridge does, over events of the document
 * that both worlds share. Calls are synchronous, values are copied, functions become proxies, promises stay promises.
 * https://www.electronjs.org/docs/latest/api/context-bridge#parameter--error--return-type-support
 * In the page as text: nothing is imported here.
 */

interface BridgeMessage {
  kind: string;
  id?: number;
  key?: string;
  args?: Described[];
  value?: Described;
  error?: string;
}

interface Described {
  type: "value" | "function" | "promise" | "array" | "object" | "error";
  value?: unknown;
  id?: number;
  parts?: Described[];
  entries?: [string, Described][];
}

type Call = (...args: unknown[]) => unknown;

export interface BridgeEnd {
  /** What the other end asks beyond calls. */
  onAsked: (kind: string, key: string, value: unknown) => unknown;
  ask: (kind: string, key: string, value?: unknown) => unknown;
}

export function createBridgeEnd(incoming: string, outgoing: string): BridgeEnd {
  const functions = new Map<number, Call>();
  const settling = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const dispatch = document.dispatchEvent.bind(document);
  let lastId = 0;
  let answer: BridgeMessage | undefined;
  const end: BridgeEnd = {
    onAsked: () => undefined,
    ask: (kind, key, value) => request({ kind, key, value: describe(value, 0) }),
  };

  function tell(message: BridgeMessage): void {
    dispatch(new CustomEvent(outgoing, { detail: message }));
  }

  function request(message: BridgeMessage): unknown {
    answer = undefined;
    tell(message);
    const given: BridgeMessage | undefined = answer;
    answer = undefined;
    if (given === undefined) throw new Error("The other world is gone.");
    return takeAnswer(given);
  }

  function takeAnswer(given: BridgeMessage): unknown {
    if (given.error !== undefined) throw new Error(given.error);
    return given.value === undefined ? undefined : revive(given.value);
  }

  function describe(value: unknown, depth: number): Described {
    // https://www.electronjs.org/docs/latest/api/context-bridge: nested deeper than 1000 is refused.
    if (depth > 1000)
      throw new Error(
        "Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.",
      );
    if (typeof value === "function") {
      functions.set(++lastId, (...args) => Reflect.apply(value, undefined, args));
      return { type: "function", id: lastId };
    }
    if (typeof value === "symbol") return { type: "value", value: undefined };
    if (typeof value !== "object" || value === null) return { type: "value", value };
    if (value instanceof Promise) return describePromise(value);
    if (value instanceof Error) return { type: "error", value: value.message };
    if (Array.isArray(value)) return { type: "array", parts: value.map((one) => describe(one, depth + 1)) };
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null && isCloneable(value))
      return { type: "value", value };
    return {
      type: "object",
      // Prototypes and symbols are left behind.
      entries: Object.entries(value).map(([key, one]) => [key, describe(one, depth + 1)]),
    };
  }

  function describePromise(promise: Promise<unknown>): Described {
    const id = ++lastId;
    promise.then(
      (value) => tell({ kind: "settle", id, value: describe(value, 0) }),
      (error: unknown) =>
        tell({ kind: "settle", id, error: error instanceof Error ? error.message : String(error) }),
    );
    return { type: "promise", id };
  }

  function revive(described: Described): unknown {
    const { type, id = 0 } = described;
    if (type === "value") return described.value;
    if (type === "error") return new Error(String(described.value));
    if (type === "array") return (described.parts ?? []).map(revive);
    if (type === "object")
      return Object.fromEntries((described.entries ?? []).map(([key, one]) => [key, revive(one)]));
    if (type === "function")
      return (...args: unknown[]) => request({ kind: "call", id, args: args.map((one) => describe(one, 0)) });
    return new Promise((resolve, reject) => {
      settling.set(id, { resolve, reject });
    });
  }

  function respond(message: BridgeMessage): BridgeMessage {
    const { kind, id = 0, key = "", args = [], value } = message;
    try {
      const result =
        kind === "call"
          ? functions.get(id)?.(...args.map(revive))
          : end.onAsked(kind, key, value === undefined ? undefined : revive(value));
      return { kind: "answer", value: describe(result, 0) };
    } catch (error) {
      return { kind: "answer", error: error instanceof Error ? error.message : String(error) };
    }
  }

  function settle(message: BridgeMessage): void {
    const { id = 0, error, value } = message;
    const waiting = settling.get(id);
    settling.delete(id);
    if (error !== undefined) waiting?.reject(new Error(error));
    else waiting?.resolve(value === undefined ? undefined : revive(value));
  }

  document.addEventListener(incoming, (event) => {
    if (!(event instanceof CustomEvent)) return;
    event.stopImmediatePropagation();
    const message: BridgeMessage = event.detail;
    if (message.kind === "answer") answer = message;
    else if (message.kind === "settle") settle(message);
    else tell(respond(message));
  });
  return end;
}

function isCloneable(value: object): boolean {
  try {
    return Object.prototype.toString.call(structuredClone(value)) !== "[object Object]";
  } catch {
    return false;
  }
}
