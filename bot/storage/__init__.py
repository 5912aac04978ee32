"""Where things are kept: the mailbox of `bot.helpdesk.ports` on a database and in memory.

Reading order: `tables` (what is stored) → `mailbox` (the story: accept, claim, finish) →
`statements` (its SQL, built once) → `prepared` (compiled once) → `commits` (many writers, one
commit) → `limits` (its numbers) → `engine` (SQLite's and PostgreSQL's habits) → `database_clock`
(the time replicas agree on) → `migrations` (the tables' history) → `writer` (many accepts, none of
which waits) → `memory` (the twin without a database) → `rules_folder` (the rule base on disk) →
`reports` (what people pasted, read beside a running bot) → `generation` (a number that processes
watch).

Only for many workspaces: `workspace_tables` → `installations` (who installed the app) → `vault`
(their tokens, sealed) → `install_states` (what ties an installation to a browser) → `ending` (what
becomes of a workspace that leaves).
"""
