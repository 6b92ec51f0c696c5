// PM2, for those who run all else with it: `pm2 start deploy/ecosystem.config.js && pm2 save`.
// Start it where `.env` is: Tipline reads that file itself, so no token stands here or in PM2's dump.
module.exports = {
  apps: [
    {
      name: 'tipline',
      script: '/usr/local/bin/tipline',
      args: 'run',
      interpreter: 'none',
      cwd: process.cwd(),
      // One instance: Telegram gives updates to one reader of a token only.
      instances: 1,
      exec_mode: 'fork',
      // A drain takes 20 s at most.
      kill_timeout: 25000,
      // 2 is a wrong configuration, which no restart mends.
      stop_exit_codes: [0, 2],
      exp_backoff_restart_delay: 1000,
      max_memory_restart: '512M',
      time: false,
    },
  ],
};
