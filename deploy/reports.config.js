// Reports by PM2's clock instead of the bot's, where `.env` is: `pm2 start deploy/reports.config.js && pm2 save`.
// What was sent already is not sent again, so it does no harm beside the bot, nor when PM2 runs each at its own start.
const report = (kind, cron) => ({
  name: `tipline-report-${kind}`,
  script: '/usr/local/bin/tipline',
  args: `report ${kind} --send`,
  interpreter: 'none',
  cwd: process.cwd(),
  exec_mode: 'fork',
  // It ends when the report is sent, and begins again when its time has come; in the server's time zone.
  autorestart: false,
  cron_restart: cron,
  time: false,
});

module.exports = { apps: [report('daily', '0 9 * * *'), report('weekly', '30 9 * * 1')] };
