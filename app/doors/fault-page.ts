// What Express could not answer: a status and its name, where Express itself would print the stranger's words as they came.
import { STATUS_CODES } from "node:http";
import type { ErrorRequestHandler } from "express";
import { log } from "../base/log.ts";

export const faultPage: ErrorRequestHandler = (error, _request, response, next) => {
  const said = Number((error as { status?: unknown }).status);
  const status = said >= 400 && said < 500 ? said : 500;
  if (status === 500) log.error({ err: error }, "a page failed");
  if (response.headersSent) return next(error);
  response.status(status).type("text").send(STATUS_CODES[status]);
};
