// One kept connection of the load: writes a whole request, and reads no more of the answer than its status and its end.
import { connect, type Socket } from "node:net";

export interface Connection {
  /** @returns the status; 0: the connection broke before the answer was whole. */
  send(request: Buffer): Promise<number>;
  close(): void;
}

export function openConnection(url: string): Connection {
  const { hostname, port } = new URL(url);
  let socket: Socket | null = null;
  let heard = "";
  let answered: ((status: number) => void) | null = null;

  function end(status: number): void {
    const tell = answered;
    answered = null;
    heard = "";
    tell?.(status);
  }
  function open(): Socket {
    const made = connect({ host: hostname, port: Number(port), noDelay: true });
    made.setEncoding("latin1");
    made.on("data", (text: string) => {
      heard += text;
      if (isWhole(heard)) end(Number(heard.slice(9, 12)));
    });
    made.on("error", () => {});
    made.on("close", () => {
      if (socket === made) socket = null;
      end(0);
    });
    return made;
  }
  return {
    send: (request) =>
      new Promise((resolve) => {
        answered = resolve;
        socket ??= open();
        socket.write(request);
      }),
    close: () => socket?.destroy(),
  };
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf("\r\n\r\n");
  if (head < 0) return false;
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(answer) ?? [];
  if (length !== undefined) return answer.length >= head + 4 + Number(length);
  return /\r\ntransfer-encoding: *chunked/i.test(answer) ? answer.endsWith("0\r\n\r\n") : true;
}
