"""The only package that knows every adapter: from settings to a helpdesk that runs.

1. `desk`   rules and policy → a desk; `LiveDesk` exchanges it when the rules change (`watch`) or
   when staff ask another process (`follow`)
2. `bot`    a desk, a mailbox and Slack's settings → everything behind the socket
3. `serve`  the bot in Slack, by Socket Mode or HTTP, until it is told to stop; `role` says which
   half of it, `listen` has the port
4. `workspaces`   who installed the app, where many do; `rotation` exchanges their tokens

Each is imported only where it is needed: `firstcheck ask` must start cold in half a second.
"""
