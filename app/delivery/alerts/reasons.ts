// What an alert says, what its end says, and why one does not go where it should.
export const ALERT_REASONS = {
  alert_paused: "{name} is paused: {reason}",
  alert_paused_why: "{name} is paused: no reason is known",
  alert_paused_for: "{name} is paused for {channels}",
  paused_channel: "{channel}: {reason}",
  /** A word of a vendor's data sheet, by its key in vendors.json. */
  sheet_word: "{english}",
  alert_quota: "{name} warns that a limit of its plan is nearly used up; what is sent after that waits",
  alert_late: "{name}: something has waited for more than {minutes} minutes",
  alert_failing: "{name}: more than {percent} % of the last hour's deliveries were refused, expired or are unknown",
  alert_silent: "{name}: nothing was delivered for {hours} hours, though orders came",
  alert_accuracy: "{name}: fewer than {percent} % of the orders of the last seven days arrived",
  alert_embed: "the theme app embed is off in your published theme: no order has a click id any more",
  alert_reconnect:
    "Shopify does not take the app’s token any more; open the app to reconnect, nothing is lost meanwhile",
  over_paused: "{name} takes deliveries again",
  over_late: "{name}: nothing waits too long any more",
  over_failing: "{name}: deliveries arrive again",
  over_quota: "{name} does not warn of its limit any more",
  over_silent: "{name}: deliveries are made again",
  over_accuracy: "{name}: enough of the last seven days’ orders have arrived again",
  over_embed: "the theme app embed is on again",
  over_reconnect: "Shopify takes the app’s token again",
  alert_test: "a test of the alerts: they arrive here",

  // What stands around it in Slack and in a mail.
  alert_at_shop: "Switchyard, {shop}: {says}",
  alert_subject: "Switchyard: {says}",
  alert_shop: "Shop: {shop}",
  alert_since: "Since: {since}",
  alert_open: "Open Switchyard in Shopify: {address}",

  // Why an alert cannot go where it should, or did not get there.
  alert_https: "The address for alerts must begin with https:// and hold no password before its host.",
  alert_inward: "Alerts cannot be posted there. {why}",
  alert_address: "this is no e-mail address: {address}",
  alert_addresses: "Give at most {most} addresses.",
  alert_limit: "Give a whole number from {least} to {most}.",
  alert_changed: "User {user} of your staff changed this meanwhile. Save again to put yours in its place.",
  notice_status: "it answered {status}",
  notice_late: "it did not answer in time",
  notice_unreached: "it could not be reached ({code})",
  notice_unopened: "its address can no longer be opened",
  notice_nowhere: "there is no address for it any more",
  notice_no_server: "this installation has no mail server (SMTP_URL)",
  notice_mail: "the mail server did not take it ({code})",
  notice_rejected: "the mail server refused {addresses}",
} as const;
