// A mail server in small: it speaks as much of SMTP as a letter needs, keeps what it was given, and can say no.
import { type AddressInfo, createServer, type Socket } from "node:net";

interface Letter {
  from: string;
  to: string[];
  /** Headers and text, as they came. */
  text: string;
}
export interface MailServer {
  url: string;
  letters: Letter[];
  /** A recipient with this in it is refused. */
  refuses: string | null;
  /** What is answered to a letter: "250 taken", or a no. */
  answer: string;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket)).on("error", () => {});
    converse(socket, mail);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const mail: MailServer = {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    letters: [],
    refuses: null,
    answer: "250 taken",
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
  return mail;
}

function converse(socket: Socket, mail: MailServer): void {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let letter: Letter = { from: "", to: [], text: "" };
  let [rest, inText] = ["", false];
  const hear = (line: string) => {
    if (inText) {
      if (line !== ".") letter.text += `${line.replace(/^\./, "")}\n`;
      else {
        inText = false;
        if (mail.answer.startsWith("250")) mail.letters.push(letter);
        letter = { from: "", to: [], text: "" };
        say(mail.answer);
      }
      return;
    }
    const [, address = ""] = /<([^>]*)>/.exec(line) ?? [];
    if (/^(EHLO|HELO)/i.test(line)) return say("250 small.example.com");
    if (/^MAIL/i.test(line)) letter.from = address;
    else if (/^RCPT/i.test(line)) {
      if (mail.refuses && address.includes(mail.refuses)) return say("550 nobody of this name");
      letter.to.push(address);
    } else if (/^DATA/i.test(line)) {
      inText = true;
      return say("354 go on");
    } else if (/^QUIT/i.test(line)) return socket.end("221 good bye\r\n");
    say("250 well");
  };
  socket.setEncoding("utf8").on("data", (text: string) => {
    const lines = `${rest}${text}`.split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) hear(line);
  });
  say("220 small.example.com");
}
