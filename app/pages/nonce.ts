// The number that lets a script of this very page run; empty in the browser, which hides it from scripts.
import { createContext } from "react";

export const Nonce = createContext("");
