import { Hono, type MiddlewareHandler } from "hono";
import type { Capabilities } from "#contract/capabilities.ts";
import { moduleNames } from "#contract/capabilities.ts";
import type { PersonId } from "#contract/ids.ts";
import type { Mutation } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import type { Me } from "#contract/sign-in.ts";
import { CONTRACT_VERSION, OLDEST_CONTRACT_VERSION } from "#contract/version.ts";
import { authenticate, type CallerEnv } from "./authenticate.ts";
import { Leftovers } from "./blobs/leftovers.ts";
import { blobRoutes } from "./blobs/routes.ts";
import { defaultConfig, type ServerConfig } from "./config.ts";
import { DueRunner } from "./due/due-runner.ts";
import { EventsHub } from "./events/events-hub.ts";
import { PresenceTracker } from "./events/presence-tracker.ts";
import { davRoutes } from "./dav/routes.ts";
import { eventsRoutes } from "./events/routes.ts";
import { Feeds } from "./feeds/feeds.ts";
import { feedRoutes, ownFeedRoutes } from "./feeds/routes.ts";
import { freeBusyRoutes } from "./free-busy/routes.ts";
import { errorResponse, notFoundProblem } from "./http/problems.ts";
import { InvitationMail } from "./guests/invitation-mail.ts";
import { Invitations } from "./guests/invitations.ts";
import { createMailer } from "./guests/mailer.ts";
import { invitationLinkRoutes, invitationRoutes } from "./guests/routes.ts";
import { signalRoutes } from "./signals/routes.ts";
import { importRoutes } from "./import/routes.ts";
import { silentLogger, type Logger } from "./logger.ts";
import { mutationRoutes } from "./mutations/routes.ts";
import { completeSpaces } from "./seed/complete-spaces.ts";
import { appPasswordRoutes } from "./sign-in/app-passwords.ts";
import { signInRoutes } from "./sign-in/routes.ts";
import type { Store } from "./store/store.ts";
import { syncRoutes } from "./sync/routes.ts";

export interface ServerAppOptions {
  store: Store;
  /** Milliseconds since the epoch. */
  clock?: () => number;
  config?: Partial<ServerConfig>;
  logger?: Logger;
  version?: string;
}

export interface ServerApp {
  /** A plain handler: for a socket, or to be called without one. */
  fetch: (request: Request, env?: object) => Response | Promise<Response>;
  /** Does now what is due by the server's clock; it also does so by itself, every few seconds. */
  runDue: () => Promise<void>;
  /** Ends the events streams and writes who has gone; the store stays open. */
  close: () => Promise<void>;
}

/** The reference server over a store; everything it remembers beyond the store can be lost. */
export async function createServerApp(options: ServerAppOptions): Promise<ServerApp> {
  const { store, clock = Date.now, logger = silentLogger } = options;
  const config = { ...defaultConfig, ...options.config };
  const { heartbeatMs, eventsKept, limits, presenceGraceMs } = config;
  const hub = new EventsHub({ store, heartbeatMs, eventsKept });
  const presence = new PresenceTracker({
    store,
    clock,
    logger,
    graceMs: presenceGraceMs,
    sweepMs: config.presenceSweepMs,
    isConnected: (personId) => hub.isConnected(personId),
  });
  hub.setAttendanceListener(presence);
  await presence.start();
  await completeSpaces(store);
  const due = new DueRunner({ store, clock, logger, limits, everyMs: config.dueEveryMs });
  due.start();

  const leftovers = new Leftovers({ blobs: store.blobs, clock, logger });
  void leftovers.sweep();
  const { name: workplace, publicUrl, mail: mailOptions } = config;
  const invitations = new Invitations({ store, clock, workplace });
  const mailer = mailOptions === undefined ? undefined : createMailer(mailOptions);
  const mail = new InvitationMail({ store, logger, clock, invitations, workplace, mailer, publicUrl });

  const app = new Hono<CallerEnv>();
  app.onError((error, context) => errorResponse(error, context, logger));
  app.notFound(notFoundProblem);
  app.use("/v1/*", checkContract);
  const capabilities = describe(store, config, options.version ?? "0.0.0");
  app.get("/v1/capabilities", (c) => c.json(capabilities));
  app.route("/", signInRoutes({ store, clock, config }));
  app.route("/", davRoutes({ store, clock, config, limits, logger }));
  const guests = { store, clock, invitations, config };
  app.route("/", invitationRoutes(guests));
  const feeds = { feeds: new Feeds(store, clock), clock, config };
  app.route("/", feedRoutes(feeds));
  app.use("/v1/*", authenticate(store.accounts, clock));
  app.route("/", appPasswordRoutes({ store, clock }));
  app.route("/", ownFeedRoutes(feeds));
  app.route("/", freeBusyRoutes(store));
  const given = config.drives.length === 0 ? {} : { drives: config.drives };
  app.get("/v1/me", (c) => c.json({ personId: c.var.personId, ...given } satisfies Me));
  app.route("/", syncRoutes(store, logger));
  app.route("/", eventsRoutes(hub, clock));
  app.route("/", signalRoutes({ store, clock, logger, presence }));
  app.route("/", invitationLinkRoutes(guests));
  const onDidApply = (personId: PersonId, mutation: Mutation) => {
    // Choosing how one is shown is a sign of life.
    if (mutation.name === "presence.choose") presence.seen(personId);
    if (mutation.name === "guest.invite") mail.onDidInvite(mutation);
  };
  app.route("/", mutationRoutes({ store, clock, limits, onDidApply }));
  app.route("/", blobRoutes({ store, config: { limits } }));
  app.route("/", importRoutes({ store }));

  return {
    fetch: (request, env) => app.fetch(request, env),
    runDue: () => due.run(),
    close: async () => {
      await due.close();
      await mail.close();
      await leftovers.close();
      hub.close();
      await presence.close();
    },
  };
}

function describe(store: Store, config: ServerConfig, version: string): Capabilities {
  return {
    service: "parvis",
    name: config.name,
    server: { product: "Parvis reference server", version },
    epoch: store.epoch,
    contract: { version: CONTRACT_VERSION, oldest: OLDEST_CONTRACT_VERSION },
    modules: [...moduleNames],
    limits: config.limits,
    signIn: config.signIn,
    ...(config.meetings === undefined ? {} : { meetings: config.meetings }),
  };
}

/** A client may say which contract it speaks; one that is too old is told so rather than misunderstood. */
const checkContract: MiddlewareHandler = async (context, next) => {
  const version = context.req.header("parvis-contract");
  if (version !== undefined && (!/^\d{1,6}$/.test(version) || Number(version) < OLDEST_CONTRACT_VERSION)) {
    const error = new AppError("contractTooOld", {
      title: "This client is too old for the server",
      detail: `The server speaks contract versions ${OLDEST_CONTRACT_VERSION} to ${CONTRACT_VERSION}. Update the application.`,
    });
    error.problem.status = 426;
    throw error;
  }
  await next();
};
