"""The face in Slack: payloads in, replies out.

Reading order: `listeners` (what we listen for) · `decode` (payload → tasks) · `extract` (what a
message says) · `app` (keep, then ack) · `worker` (do what was kept) · `messenger` (reach Slack)
· `web` (by a connection that is kept open) · `render` (Reply → Block Kit)
· `checkup` (what Slack would refuse later).
"""
