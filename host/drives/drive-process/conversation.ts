import { DriveError } from "../drive-error.ts";
import { AppError } from "#contract/problem.ts";
import type { FromProcess } from "./messages.ts";

/** What the process says to one call, one after the other. */
export class Conversation {
  readonly #came: FromProcess[] = [];
  #waiting: PromiseWithResolvers<FromProcess> | undefined;
  #failure: Error | undefined;

  take(message: FromProcess): void {
    if (this.#waiting === undefined) this.#came.push(message);
    else this.#waiting.resolve(message);
    this.#waiting = undefined;
  }

  /** The process is no more. */
  fail(error: Error): void {
    this.#failure = error;
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }

  /** @throws DriveError what the call failed with */
  async next(): Promise<Exclude<FromProcess, { kind: "failed" }>> {
    const message = await this.#next();
    if (message.kind !== "failed") return message;
    const { fault, title, detail } = message;
    const said = { title, ...(detail === undefined ? {} : { detail }) };
    throw fault === null ? new AppError("serverFault", said) : new DriveError(fault, said);
  }

  #next(): Promise<FromProcess> {
    const message = this.#came.shift();
    if (message !== undefined) return Promise.resolve(message);
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    this.#waiting = Promise.withResolvers();
    return this.#waiting.promise;
  }
}
