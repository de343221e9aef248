import { randomUUID } from "node:crypto";
import type { PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { PassingEvent, Store, StoreEvent } from "../store/store.ts";
import { Connection, QUEUE_BYTES, type ConnectionOwner } from "./connection.ts";
import { changeFrame, frame, HEARTBEAT } from "./frames.ts";
import { RecentEvents, type RecentEvent } from "./recent-events.ts";

/** In UTF-8 at most three times as many bytes, which fit into the queue of a connection. */
const RESUMED_CHARACTERS = QUEUE_BYTES / 4;
/** Of one person. Those left behind by a line that was cut linger for minutes: the oldest goes. */
const MAX_CONNECTIONS = 32;

export interface EventsHubOptions {
  store: Pick<Store, "epoch" | "scopesOf" | "subscribe">;
  eventsKept: number;
  heartbeatMs: number;
}

/** Told when a person's first connection opens and their last one closes. */
export interface AttendanceListener {
  onDidArrive(personId: PersonId): void;
  onDidLeave(personId: PersonId): void;
}

/** Hands each committed change to the open connections of the people who may read it, and to no one else. */
export class EventsHub {
  readonly #store: EventsHubOptions["store"];
  readonly #keep: number;
  readonly #connections = new Set<Connection>();
  readonly #byScope = new Map<Scope, Set<Connection>>();
  readonly #byPerson = new Map<PersonId, Set<Connection>>();
  readonly #encoder = new TextEncoder();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #unsubscribe: () => void;
  #attendance: AttendanceListener | undefined;
  #recent: RecentEvents;
  /** Event ids are of one process and one unbroken run of events. */
  #run = randomUUID();

  constructor(options: EventsHubOptions) {
    this.#store = options.store;
    this.#keep = options.eventsKept;
    this.#recent = new RecentEvents(options.eventsKept);
    this.#unsubscribe = options.store.subscribe((events) => this.#onEvents(events));
    const beat = this.#encoder.encode(HEARTBEAT);
    this.#heartbeat = setInterval(() => {
      for (const connection of this.#connections) if (connection.isReady) connection.send(beat);
    }, options.heartbeatMs);
    this.#heartbeat.unref();
  }

  setAttendanceListener(listener: AttendanceListener): void {
    this.#attendance = listener;
  }

  /** By a connection that counts for presence. */
  isConnected(personId: PersonId): boolean {
    for (const connection of this.#byPerson.get(personId) ?? []) if (connection.isPresent) return true;
    return false;
  }

  connectedPersons(): PersonId[] {
    return [...this.#byPerson.keys()].filter((personId) => this.isConnected(personId));
  }

  /** Opens a stream; `lastEventId` is that of the last change its reader got. */
  async open(owner: ConnectionOwner, lastEventId: string | undefined): Promise<Connection> {
    const connection = new Connection(owner, (closed) => this.#remove(closed));
    this.#connections.add(connection);
    const from = this.#recent.newest;
    const run = this.#run;
    const scopes = await this.#store.scopesOf(owner.personId);
    const missed = this.#recent.after(from);
    // Its session ended, or the server, while its scopes were read.
    if (connection.isClosed && run === this.#run) return connection;
    if (run !== this.#run || missed === undefined) {
      // More happened while its scopes were read than is remembered.
      this.#connections.delete(connection);
      return this.open(owner, lastEventId);
    }
    for (const { scope } of scopes) this.#listen(connection, scope);
    connection.isReady = true;
    const resumed = this.#since(connection, lastEventId);
    const hello = { isResumed: resumed !== undefined, epoch: this.#store.epoch, scopes };
    this.#send(connection, frame("hello", hello));
    for (const event of resumed ?? missed) this.#replay(connection, event);
    if (!connection.isClosed) this.#arrive(connection);
    return connection;
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#unsubscribe();
    for (const connection of this.#connections) connection.close();
  }

  /** Undefined also when it is too much to send at once: syncing is made for that. */
  #since(connection: Connection, lastEventId: string | undefined): readonly RecentEvent[] | undefined {
    const [run, number] = (lastEventId ?? "").split(":");
    if (run !== this.#run || number === undefined || !/^\d{1,15}$/.test(number)) return undefined;
    const events = this.#recent.after(Number(number));
    let length = 0;
    for (const { to, frame: text } of events ?? []) {
      if ("personId" in to ? to.personId === connection.personId : connection.scopes.has(to.scope))
        length += text.length;
    }
    return length > RESUMED_CHARACTERS ? undefined : events;
  }

  #replay(connection: Connection, event: RecentEvent): void {
    if ("personId" in event.to) {
      if (event.to.personId !== connection.personId) return;
      if (event.to.isAdded) this.#listen(connection, event.to.scope);
      else this.#unlisten(connection, event.to.scope);
      this.#send(connection, event.frame);
    } else if (connection.scopes.has(event.to.scope)) {
      this.#send(connection, event.frame);
    }
  }

  #onEvents(events: readonly StoreEvent[]): void {
    // Who may read first: a person who has just been let in gets what was written with it, one put out does not.
    for (const event of events) {
      if (event.type === "readerAdded" || event.type === "readerRemoved") this.#readerChanged(event);
      if (event.type === "sessionEnded") this.#sessionEnded(event.sessionId);
      if (event.type === "interrupted") this.#interrupted();
      if (event.type === "typing") this.#passOn(event.data);
    }
    const frames = new Map<Scope, string[]>();
    for (const event of events) {
      if (event.type !== "change") continue;
      const { scope, line } = event;
      const added = this.#recent.add({ scope }, (number) => changeFrame(`${this.#run}:${number}`, line));
      const ofScope = frames.get(scope);
      if (ofScope === undefined) frames.set(scope, [added.frame]);
      else ofScope.push(added.frame);
    }
    for (const [scope, ofScope] of frames) this.#sendToScope(scope, ofScope.join(""));
  }

  #sendToScope(scope: Scope, text: string): void {
    const connections = this.#byScope.get(scope);
    if (connections === undefined) return;
    // Encoded once, however many read it.
    const bytes = this.#encoder.encode(text);
    for (const connection of connections) if (connection.isReady) connection.send(bytes);
  }

  /** Not among the recent events: nobody wants to know later. */
  #passOn(data: PassingEvent["data"]): void {
    const bytes = this.#encoder.encode(frame("typing", data));
    for (const connection of this.#byScope.get(data.scope) ?? []) {
      if (connection.isReady && connection.personId !== data.personId) connection.send(bytes);
    }
  }

  #readerChanged(event: StoreEvent & { type: "readerAdded" | "readerRemoved" }): void {
    const { scope, personId } = event;
    const isAdded = event.type === "readerAdded";
    const text = isAdded
      ? frame("scopeAdded", { scope, head: event.head })
      : frame("scopeRemoved", { scope });
    const recent = this.#recent.add({ personId, scope, isAdded }, () => text);
    for (const connection of this.#byPerson.get(personId) ?? []) this.#replay(connection, recent);
  }

  #sessionEnded(sessionId: string): void {
    for (const connection of this.#connections) {
      if (connection.sessionId === sessionId) connection.signOut();
    }
  }

  /** Who may read what may have changed unseen: everyone comes again and is looked at anew. */
  #interrupted(): void {
    this.#run = randomUUID();
    this.#recent = new RecentEvents(this.#keep);
    for (const connection of this.#connections) connection.drop("events were interrupted");
  }

  #listen(connection: Connection, scope: Scope): void {
    connection.scopes.add(scope);
    const connections = this.#byScope.get(scope);
    if (connections === undefined) this.#byScope.set(scope, new Set([connection]));
    else connections.add(connection);
  }

  #unlisten(connection: Connection, scope: Scope): void {
    connection.scopes.delete(scope);
    const connections = this.#byScope.get(scope);
    connections?.delete(connection);
    if (connections?.size === 0) this.#byScope.delete(scope);
  }

  #arrive(connection: Connection): void {
    const { personId } = connection;
    const wasConnected = this.isConnected(personId);
    const others = this.#byPerson.get(personId);
    if (others === undefined) this.#byPerson.set(personId, new Set([connection]));
    else others.add(connection);
    const [oldest] = others ?? [];
    if (others !== undefined && others.size > MAX_CONNECTIONS)
      oldest?.drop("this person has too many connections");
    if (!wasConnected && connection.isPresent) this.#attendance?.onDidArrive(personId);
  }

  #remove(connection: Connection): void {
    this.#connections.delete(connection);
    for (const scope of connection.scopes) this.#unlisten(connection, scope);
    const { personId } = connection;
    const ofPerson = this.#byPerson.get(personId);
    if (ofPerson?.delete(connection) !== true) return;
    if (ofPerson.size === 0) this.#byPerson.delete(personId);
    if (connection.isPresent && !this.isConnected(personId)) this.#attendance?.onDidLeave(personId);
  }

  #send(connection: Connection, text: string): void {
    connection.send(this.#encoder.encode(text));
  }
}
