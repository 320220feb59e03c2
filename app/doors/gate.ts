// How many bytes of bodies a door holds at a time: beyond that it says "later" instead of filling the memory.
export interface Gate {
  /** For one request. */
  open(): Hold;
}
export interface Hold {
  /** @returns false where there is no room for as many bytes more. */
  take(bytes: number): boolean;
  /** Gives back all that was taken. */
  release(): void;
}

const SMALL = 128 * 1024;
/** Of all room: whoever fills the rest with large bodies leaves the small ones theirs. */
const FOR_SMALL = 1 / 4;

/** @param most bytes, of all requests together. */
export function openGate(most: number): Gate {
  let held = 0;
  return {
    open() {
      let own = 0;
      return {
        take(bytes) {
          const room = own + bytes > SMALL ? most * (1 - FOR_SMALL) : most;
          if (held + bytes > room) return false;
          own += bytes;
          held += bytes;
          return true;
        },
        release() {
          held -= own;
          own = 0;
        },
      };
    },
  };
}
