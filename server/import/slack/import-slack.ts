import type { PersonId, SpaceId } from "#contract/ids.ts";
import { AppError, type Problem } from "#contract/problem.ts";
import { spaceScope } from "#contract/scope.ts";
import type { ImportLine } from "../import-lines.ts";
import type { ImportTarget } from "../target.ts";
import type { ExportSource } from "./export-source.ts";
import { readJsonArray } from "./json-array.ts";
import { readTs, writeMessage, type MessageContext } from "./messages.ts";
import { SlackPeople } from "./people.ts";
import {
  createdMsOf,
  membershipLine,
  placeLine,
  placeOf,
  slackSpaceId,
  spaceLines,
  type SlackKind,
  type SlackPlace,
} from "./places.ts";
import { endOfExportMs, isDayFile, readMessages, scanFolder, type Scan } from "./scan.ts";
import { slackChannelSchema, slackUserSchema, type SlackChannel, type SlackUser } from "./slack-schemas.ts";

export interface SlackImportOptions {
  source: ExportSource;
  target: ImportTarget;
  /** Name of the space that the public channels go to; the export's name without it. */
  spaceName?: string;
  /** User names of those who shall read it; every account without it. */
  readers?: readonly string[];
  isDryRun?: boolean;
  onProgress?: (doneBytes: number, totalBytes: number) => void;
}

export interface SlackReport {
  people: number;
  conversations: number;
  messages: number;
  replies: number;
  reactions: number;
  /** Rows that were not there or differed: none when the same export comes again. */
  changed: number;
  /** Members of the export who wrote but are not in its users.json. */
  strangers: number;
  empty: number;
  truncated: number;
  orphanReplies: number;
  unreadable: number;
  failed: { file: string; problem: Problem }[];
}

const BATCH = 4000;

const lists: [string, SlackKind][] = [
  ["channels.json", "channel"],
  ["groups.json", "group"],
  ["dms.json", "direct"],
  ["mpims.json", "multi"],
];

/**
 * Imports a standard Slack export. Every id follows from the source, and what already stands so is left alone: a run that
 * was killed is simply begun again, and the same export twice changes nothing. Each conversation is read twice, first to
 * know its threads and authors and to refuse broken files, then to write.
 */
export async function importSlack(options: SlackImportOptions): Promise<SlackReport> {
  return new SlackImport(options).run();
}

class SlackImport {
  readonly #options: SlackImportOptions;
  readonly #report: SlackReport = {
    people: 0,
    conversations: 0,
    messages: 0,
    replies: 0,
    reactions: 0,
    changed: 0,
    strangers: 0,
    empty: 0,
    truncated: 0,
    orphanReplies: 0,
    unreadable: 0,
    failed: [],
  };
  #batch: ImportLine[] = [];
  #people = new SlackPeople("", []);
  #team = "";
  #members = new Map<SpaceId, Set<PersonId>>();
  #doneBytes = 0;
  readonly #totalBytes: number;

  constructor(options: SlackImportOptions) {
    this.#options = options;
    let total = 0;
    for (const [name, { sizeBytes }] of options.source.files) if (isDayFile(name)) total += sizeBytes * 2;
    this.#totalBytes = total;
  }

  async run(): Promise<SlackReport> {
    const { target, source, spaceName } = this.#options;
    const readerIds = await this.#readers();
    this.#team = await this.#findTeam();
    this.#people = new SlackPeople(this.#team, await target.people());
    await this.#importUsers();
    const spaceId = slackSpaceId(this.#team, spaceName ?? "");
    const channels = await this.#readLists();
    const first = Math.min(
      ...channels.filter(({ kind }) => kind === "channel").map(({ channel }) => createdMsOf(channel)),
    );
    const createdMs = Number.isFinite(first) ? first : 0;
    if (channels.some(({ kind }) => kind === "channel")) {
      const name = spaceName ?? source.name;
      await this.#write(spaceLines({ id: spaceId, name, visibility: "onRequest", createdMs }));
      // those who read it here come after it was written: it is not all news to them
      await this.#join(spaceId, readerIds, Math.max(createdMs, endOfExportMs(source)));
    }
    const context = { team: this.#team, spaceId, personOf: (id: string) => this.#people.find(id) };
    for (const { kind, channel } of channels) await this.#importConversation(placeOf(kind, channel, context));
    await this.#flush();
    return this.#report;
  }

  async #readers(): Promise<PersonId[]> {
    const accounts = await this.#options.target.accounts();
    const { readers } = this.#options;
    if (readers === undefined) return accounts.map((account) => account.personId);
    return readers.map((username) => {
      const account = accounts.find(
        (candidate) => candidate.username.toLowerCase() === username.toLowerCase(),
      );
      if (account !== undefined) return account.personId;
      throw new AppError("notFound", {
        title: "No account has this user name",
        detail: `--reader ${username}`,
      });
    });
  }

  /** The workspace's id is part of every id made: without it, two exports could be taken for one. */
  async #findTeam(): Promise<string> {
    for await (const users of this.#users()) {
      const team = users.find((user) => (user.team_id ?? "") !== "")?.team_id;
      if (team) return team;
    }
    return this.#options.source.name;
  }

  async *#users(): AsyncGenerator<SlackUser[]> {
    for await (const values of this.#array("users.json"))
      yield values
        .map((value) => slackUserSchema.safeParse(value))
        .flatMap((parsed) => (parsed.success ? [parsed.data] : []));
  }

  async *#array(file: string): AsyncGenerator<unknown[]> {
    const { source } = this.#options;
    if (!source.files.has(file)) return;
    yield* readJsonArray(file, await source.open(file));
  }

  async #importUsers(): Promise<void> {
    for await (const users of this.#users()) {
      for (const user of users) {
        const line = this.#people.add(user);
        if (line !== undefined) await this.#write([line]);
      }
    }
    this.#report.people = this.#people.size;
  }

  async #readLists(): Promise<{ kind: SlackKind; channel: SlackChannel }[]> {
    const found: { kind: SlackKind; channel: SlackChannel }[] = [];
    for (const [file, kind] of lists) {
      for await (const values of this.#array(file)) {
        for (const value of values) {
          const parsed = slackChannelSchema.safeParse(value);
          if (parsed.success) found.push({ kind, channel: parsed.data });
          else this.#report.unreadable += 1;
        }
      }
    }
    return found;
  }

  async #importConversation(place: SlackPlace): Promise<void> {
    const scan = await scanFolder(this.#options.source, place.folder, (bytes) => this.#advance(bytes));
    this.#report.failed.push(...scan.failed);
    this.#report.unreadable += scan.unreadable;
    this.#report.conversations += 1;
    await this.#writeStrangers(scan);
    const createdMs = createdMsOf(place.channel);
    const authors = [...scan.authors.keys()]
      .map((id) => this.#people.find(id))
      .filter((id) => id !== undefined);
    if (place.spaceId !== undefined) {
      const { spaceId } = place;
      if (place.kind !== "channel")
        await this.#write(spaceLines({ id: spaceId, name: place.folder, visibility: "hidden", createdMs }));
      await this.#join(spaceId, [...place.memberIds, ...authors], createdMs);
    } else {
      await this.#write([{ kind: "readers", scope: place.scope, personIds: place.memberIds }]);
    }
    const line = placeLine(place, scan.lastTs === "" ? 0 : readTs(scan.lastTs).epochMs);
    // a direct conversation whose members are all unknown has no one to read it
    if (line === undefined) return;
    await this.#write([line]);
    await this.#writeMessages(place, scan);
  }

  async #writeStrangers(scan: Scan): Promise<void> {
    for (const [slackId, message] of scan.authors) {
      const line = this.#people.addStranger(slackId, message);
      if (line === undefined) continue;
      this.#report.strangers += 1;
      await this.#write([line]);
    }
  }

  async #join(spaceId: SpaceId, personIds: readonly PersonId[], joinedMs: number): Promise<void> {
    const members = this.#members.get(spaceId) ?? new Set<PersonId>();
    this.#members.set(spaceId, members);
    const fresh = [...new Set(personIds)].filter((personId) => !members.has(personId));
    for (const personId of fresh) members.add(personId);
    await this.#write(fresh.map((personId) => membershipLine(spaceId, personId, joinedMs)));
    if (fresh.length > 0)
      await this.#write([{ kind: "readers", scope: spaceScope(spaceId), personIds: fresh }]);
  }

  async #writeMessages(place: SlackPlace, scan: Scan): Promise<void> {
    const context: MessageContext = {
      place,
      personOf: (slackId) => this.#people.find(slackId),
      threads: scan.threads,
      messageBytes: this.#options.target.messageBytes,
      note: (what) => {
        this.#report[what] += 1;
      },
    };
    const { scope } = place;
    for (const file of scan.files) {
      for await (const source of readMessages(this.#options.source, file, (bytes) => this.#advance(bytes))) {
        const written = source === undefined ? undefined : writeMessage(source, context);
        if (written === undefined) continue;
        const { message, reactions } = written;
        this.#report.messages += 1;
        if (message.threadId !== undefined) this.#report.replies += 1;
        this.#report.reactions += reactions.length;
        const lines: ImportLine[] = [
          { kind: "row", scope, collection: "message", id: message.id, data: message },
        ];
        for (const data of reactions)
          lines.push({ kind: "row", scope, collection: "reaction", id: data.id, data });
        await this.#write(lines);
      }
    }
  }

  async #write(lines: readonly ImportLine[]): Promise<void> {
    for (const line of lines) this.#batch.push(line);
    if (this.#batch.length >= BATCH) await this.#flush();
  }

  async #flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    if (batch.length === 0 || this.#options.isDryRun === true) return;
    this.#report.changed += (await this.#options.target.apply(batch)).changed;
  }

  #advance(bytes: number): void {
    this.#doneBytes += bytes;
    this.#options.onProgress?.(Math.min(this.#doneBytes, this.#totalBytes), this.#totalBytes);
  }
}
