import { appPasswordSchema } from "#contract/sign-in.ts";
import { listen } from "../cli/listen.ts";
import type { Store } from "../store/store.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

export interface DavWorkplace {
  workplace: TestWorkplace;
  person: TestPerson;
  /** Of the person's own library, with a slash at its end. */
  url: string;
  username: string;
  password: string;
  close: () => Promise<void>;
}

/** A server with its WebDAV door on a real socket, and somebody with an application password. */
export async function openDavWorkplace(store: Store): Promise<DavWorkplace> {
  const workplace = await TestWorkplace.open(store);
  const person = await workplace.person("Anna Lefort");
  const answer = await person.post("/v1/app-passwords", { name: "litmus" });
  const { username, password } = appPasswordSchema.parse(await answer.json());
  const listening = await listen(workplace.app, { host: "127.0.0.1", port: 0 });
  return {
    workplace,
    person,
    url: `${listening.url}/dav/mine/`,
    username,
    password,
    close: async () => {
      await listening.close();
      await workplace.app.close();
      await store.close();
    },
  };
}
