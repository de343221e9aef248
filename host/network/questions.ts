import { randomUUID } from "node:crypto";
import type { NetworkAnswer, NetworkQuestion } from "#contract/desktop/network.ts";
import { AppError } from "#contract/problem.ts";
import type { HostEvents } from "../events.ts";

type Distributed<T> = T extends { id: string } ? Omit<T, "id"> : never;
/** What is asked, without its id. */
export type Question = Distributed<NetworkQuestion>;

interface Open {
  question: NetworkQuestion;
  answered: PromiseWithResolvers<NetworkAnswer>;
}

/** After a refusal to answer, what runs by itself must not ask again at once. */
const QUIET_MS = 120_000;

/** What proxies and servers ask of the person: many requests, one question. */
export class NetworkQuestions {
  readonly #events: HostEvents;
  readonly #now: () => number;
  readonly #open = new Map<string, Open>();
  readonly #onAsked = new Set<() => void>();
  readonly #refusedAt = new Map<string, number>();

  constructor(events: HostEvents, now: () => number) {
    this.#events = events;
    this.#now = now;
  }

  list(): NetworkQuestion[] {
    return [...this.#open.values()].map(({ question }) => question);
  }

  /** Resolves when the person has answered; the same question asked meanwhile waits for the same answer. */
  async ask(question: Question): Promise<NetworkAnswer> {
    const key = keyOf(question);
    const running = this.#open.get(key);
    if (running !== undefined) return running.answered.promise;
    if (this.#now() - (this.#refusedAt.get(key) ?? -Infinity) < QUIET_MS) return { kind: "cancel" };
    const answered = Promise.withResolvers<NetworkAnswer>();
    this.#open.set(key, { question: { ...question, id: randomUUID() }, answered });
    this.#tell();
    return answered.promise;
  }

  /** @throws AppError notFound, badRequest */
  answer(id: string, answer: NetworkAnswer): void {
    const found = [...this.#open].find(([, { question }]) => question.id === id);
    if (found === undefined) throw new AppError("notFound", { title: "Nobody asks this any more" });
    const [key, { question, answered }] = found;
    if (!fits(question, answer)) throw new AppError("badRequest", { title: "This answers another question" });
    this.#open.delete(key);
    if (answer.kind === "cancel") this.#refusedAt.set(key, this.#now());
    else this.#refusedAt.delete(key);
    answered.resolve(answer);
    this.#tell();
  }

  /** The person tries again: what they refused may be asked anew. */
  forgetRefusals(): void {
    this.#refusedAt.clear();
  }

  /** Resolves as soon as something is asked. */
  async asked(): Promise<void> {
    if (this.#open.size === 0) await new Promise<void>((resolve) => this.#onAsked.add(resolve));
  }

  /** Resolves once nothing is asked any more. */
  async settled(): Promise<void> {
    while (this.#open.size > 0)
      await Promise.all([...this.#open.values()].map(({ answered }) => answered.promise));
  }

  /** Nobody waits any more. */
  close(): void {
    for (const { answered } of this.#open.values()) answered.resolve({ kind: "cancel" });
    this.#open.clear();
  }

  #tell(): void {
    if (this.#open.size > 0) for (const resolve of this.#onAsked) resolve();
    this.#events.emit({ type: "networkQuestions", questions: this.list() });
  }
}

function keyOf(question: Question): string {
  const realm = question.kind === "proxyCredentials" ? question.realm : "";
  return JSON.stringify([question.kind, question.host, realm]);
}

function fits(question: NetworkQuestion, answer: NetworkAnswer): boolean {
  if (answer.kind === "cancel") return true;
  if (question.kind === "proxyCredentials") return answer.kind === "credentials";
  return (
    answer.kind === "certificate" &&
    question.certificates.some(({ fingerprint }) => fingerprint === answer.fingerprint)
  );
}
