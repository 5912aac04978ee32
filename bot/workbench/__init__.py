"""The workbench: talk to the bot as in Slack, on this machine, and see why it answers as it does.

`standin` plays Slack on the same wire as the real one; `web` serves the page and its API; `page`
is the page's source (TypeScript) and its built form in `page/dist`; `page_check` keeps the two
together.
"""
