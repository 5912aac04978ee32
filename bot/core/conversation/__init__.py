"""One person, one case, one thread: what is said next, and when it ends.

Read `model` (phases, events, effects), `machine` (the table), then `typed` (what a typed answer
means) and `hours` (when a reminder is due).
"""
