import { invitationTokenSchema } from "#contract/guest-invitations.ts";
import { AppError } from "#contract/problem.ts";
import { parseServerUrl } from "../gateway/server-url.ts";

export interface InvitationUrl {
  serverUrl: string;
  token: string;
}

/**
 * The link of an invitation as it was pasted: `https://WORKPLACE/invitation#TOKEN`, nothing else. The token goes to that
 * workplace alone.
 * @throws AppError wrongAddress
 */
export function parseInvitationUrl(pasted: string): InvitationUrl {
  const text = pasted.trim();
  if (!/^https?:\/\//i.test(text)) throw wrong("It begins with https://.");
  const serverUrl = parseServerUrl(text);
  const url = new URL(text);
  if (url.pathname !== "/invitation" || url.search !== "")
    throw wrong("It has /invitation after the workplace.");
  const token = invitationTokenSchema.safeParse(url.hash.slice(1));
  if (!token.success) throw wrong("What comes after the # is missing or cut off: copy the whole address.");
  return { serverUrl, token: token.data };
}

function wrong(detail: string): AppError {
  return new AppError("wrongAddress", { title: "This is not the address of an invitation", detail });
}
