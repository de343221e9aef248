import { defineRoutes, type Routes } from "../routes.ts";
import type { Network } from "./network.ts";

export function networkRoutes({ contacts, questions }: Network): Routes {
  return defineRoutes({
    "contacts.list": () => contacts.list(),
    "network.questions": () => questions.list(),
    "network.answer"({ id, answer }) {
      questions.answer(id, answer);
      return null;
    },
  });
}
