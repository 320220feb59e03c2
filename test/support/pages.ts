// A pages' process that does nothing: it says that it listens, and waits for its end.
process.on("SIGTERM", () => process.exit());
process.send?.("ready");
