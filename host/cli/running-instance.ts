import { z } from "zod";
import { AppError } from "#contract/problem.ts";
import type { Instance } from "../profile/instance-lock.ts";

const answerSchema = z.object({ url: z.url() });

/** Asks the instance that holds this data folder for an address that opens it, and hands it a link to show there. @throws AppError unavailable */
export async function askRunningInstance(
  dataDir: string,
  { pid, port, secret }: Instance,
  link?: string,
): Promise<string> {
  try {
    if (port === undefined) throw new Error("it has no address yet, or shows a window of its own");
    const response = await fetch(`http://127.0.0.1:${port}/instance/open`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify(link === undefined ? {} : { link }),
      signal: AbortSignal.timeout(5000),
    });
    return answerSchema.parse(await response.json()).url;
  } catch (cause) {
    throw new AppError("unavailable", {
      title: `Another Parvis (process ${pid}) uses this data folder and cannot be asked for its address`,
      detail: `End that process, or use another folder than ${dataDir}.`,
      cause,
    });
  }
}
