// Stands for the internet in a worker that a measurement starts (node --import): every host is this machine's, behind one port that looks
// at the host it is asked as. A host that begins with "dead" takes no connection; nothing else of the worker is changed.
import net from "node:net";
import tls from "node:tls";

const port = Number(process.env.INTERNET_PORT);
const NOBODY = 1;

function connect(options: tls.ConnectionOptions): net.Socket {
  const dead = String(options.servername ?? options.host).startsWith("dead");
  const socket = net.connect({ host: "127.0.0.1", port: dead ? NOBODY : port });
  socket.once("connect", () => socket.emit("secureConnect"));
  return Object.assign(socket, { alpnProtocol: false });
}
Object.assign(tls, { connect });
