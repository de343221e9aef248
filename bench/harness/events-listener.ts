import { once } from "node:events";
import { connect, type Socket } from "node:net";

/**
 * An events connection at the least cost to the one who measures: a bare socket whose text goes to `onText` as it comes.
 * Resolves once the server has greeted.
 */
export async function listenToEvents(
  url: string,
  token: string,
  onText: (text: string) => void,
): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.setNoDelay(true);
  socket.setEncoding("latin1");
  await once(socket, "connect");
  socket.write(
    `GET /v1/events HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  );
  const greeted = Promise.withResolvers<void>();
  let start = "";
  const onGreeting = (text: string): void => {
    start += text;
    if (!start.startsWith("HTTP/1.1 200")) greeted.reject(new Error(start.slice(0, 300)));
    if (start.includes("event: hello") || start.includes("event:hello")) greeted.resolve();
  };
  socket.on("data", onGreeting);
  socket.on("error", greeted.reject);
  await greeted.promise;
  socket.off("data", onGreeting);
  socket.on("data", onText);
  return socket;
}
