// PostgreSQL refuses to run as root: then it runs as another user, in a folder which that user can enter.
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Fault, say } from "./project.mjs";

/** Whom PostgreSQL runs as, as spawn takes it: nothing for ourselves; as root the folder's owner, else `postgres` or `nobody`. */
export function systemUser(folder) {
  if (process.getuid?.() !== 0) return {};
  if (existsSync(folder) && statSync(folder).uid !== 0) {
    const { uid, gid } = statSync(folder);
    return { uid, gid };
  }
  const users = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (uid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Fault("PostgreSQL cannot run as root and there is no user postgres or nobody: set DATABASE_URL.");
}

export function canEnter(user, folder) {
  if (user.uid === undefined) return true;
  const { mode, uid, gid } = statSync(folder);
  const bits = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode;
  if ((bits & 1) === 0) return false;
  return folder === dirname(folder) || canEnter(user, dirname(folder));
}

/**
 * Makes `folder` one that the user owns. Where the way to it is closed to that user (a clone in /root) it becomes a link
 * to a folder elsewhere: opening the way would let everyone in.
 */
export function makeOwnFolder(folder, user) {
  mkdirSync(dirname(folder), { recursive: true });
  if (!existsSync(folder)) {
    rmSync(folder, { force: true });
    if (canEnter(user, dirname(folder))) mkdirSync(folder, { mode: 0o700 });
    else symlinkSync(folderElsewhere(user, folder), folder);
  }
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
}

function folderElsewhere(user, folder) {
  const open = ["/var/lib", tmpdir(), "/tmp"].find((place) => existsSync(place) && canEnter(user, place));
  if (!open)
    throw new Fault(`PostgreSQL cannot run as root, and no other user can enter ${folder}: set SWITCHYARD_DATA.`);
  const made = mkdtempSync(join(open, "switchyard-"));
  say(`PostgreSQL cannot run as root, and no other user can enter ${dirname(folder)}: its data is in ${made}`);
  return made;
}
