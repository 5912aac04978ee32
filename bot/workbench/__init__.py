"""The workbench: talk to the bot as in Slack, on this machine, and see why it answers as it does.

`server` puts it all together; `standin` plays Slack on the same wire as the real one; `web` serves
the page and its API, `deeds` what people do there; `page` is the page's source (TypeScript) and its
built form in `page/dist`, and `page_check` keeps the two together.
"""
