"""Evidence → causes → next step.

Read `weights` (what the authors' words are worth), then `rank` (how likely each cause is),
then `plan` (which step is offered next, and why).
"""
