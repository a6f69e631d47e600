"""Trials (试运行): drafts played on the real engine in a throw-away world; scenarios kept as tests; and replays."""
