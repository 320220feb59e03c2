// A way to a server that can be stalled (what comes in goes nowhere) or cut, like a network that fails.
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Stalling {
  /** The server's URL, by this way. */
  url: string;
  set(mode: "open" | "stalled" | "cut"): void;
  close(): Promise<void>;
}

export async function openStalling(to: string): Promise<Stalling> {
  const target = new URL(to);
  let mode: "open" | "stalled" | "cut" = "open";
  const sockets = new Set<Socket>();
  const pass = (from: Socket, onward: Socket) => {
    sockets.add(from);
    from.on("data", (chunk) => void (mode === "open" && onward.write(chunk)));
    from.on("error", () => {}); // its end follows
    from.on("close", () => {
      sockets.delete(from);
      onward.destroy();
    });
  };
  const server = createServer((socket) => {
    if (mode === "cut") return void socket.destroy();
    const onward = connect(Number(target.port), target.hostname);
    pass(socket, onward);
    pass(onward, socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(to);
  url.port = String((server.address() as AddressInfo).port);
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    set(next) {
      // What was swallowed meanwhile is gone: those connections cannot go on.
      if (next === "cut" || mode === "stalled") drop();
      mode = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
}
