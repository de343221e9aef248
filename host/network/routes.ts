import type { Account } from "#contract/bridge.ts";
import type { NetworkWay } from "#contract/desktop/network.ts";
import { AppError } from "#contract/problem.ts";
import { defineRoutes, type Routes } from "../routes.ts";
import type { Network } from "./network.ts";

export interface NetworkRouteParts {
  network: Network;
  accounts: { list(): Account[] };
}

export function networkRoutes({ network, accounts }: NetworkRouteParts): Routes {
  const { contacts, questions } = network;
  return defineRoutes({
    "contacts.list": () => contacts.list(),
    "network.ways": () => Promise.all(accounts.list().map((account) => wayTo(network, account))),
    "network.questions": () => questions.list(),
    "network.answer"({ id, answer }) {
      questions.answer(id, answer);
      return null;
    },
  });
}

async function wayTo({ transport }: Network, { id, serverUrl }: Account): Promise<NetworkWay> {
  const named = { accountId: id, origin: new URL(serverUrl).origin };
  try {
    return { ...named, ...(await transport.proxyFor(serverUrl)) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...named, kind: "unreadable", source: "none", isScript: true };
  }
}
