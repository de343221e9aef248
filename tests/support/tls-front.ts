import { connect } from "node:net";
import { createServer } from "node:tls";

export interface TlsFront {
  port: number;
  close: () => void;
}

/** TLS before a server of this machine that speaks without. */
export async function openTlsFront(
  certificate: { cert: string; key: string },
  port: number,
): Promise<TlsFront> {
  const server = createServer(certificate, (socket) => {
    const upstream = connect(port, "127.0.0.1");
    socket.pipe(upstream).pipe(socket);
    socket.on("error", () => upstream.destroy());
    upstream.on("error", () => socket.destroy());
  });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("no port");
  return { port: address.port, close: () => void server.close() };
}
