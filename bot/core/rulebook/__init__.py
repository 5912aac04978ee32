"""The rule base: what authors write, read strictly and explained kindly.

In reading order:

1. `model`       the words: a rule, its signatures, causes, checks, escalation
2. `shape`, `fields`, `shared_fields`   the one table of what an author may write; `schema` and
   `docs` are made of it
3. `source`      YAML text → nodes with positions (`syntax` explains what is not YAML)
4. `fragments`   `use:` → the wording that rules share
5. `validate`    nodes against the table of fields; `suggest` asks "did you mean"
6. `build`       nodes → model, forgivingly
7. `references`  ids that are named must exist; file and folder must fit
8. `parse`       START HERE: the five steps above as one
9. `lint`        what a parser cannot ask: demands of each status, wording, safety, reasoning
10. `assemble`   rules of stacked folders → one rule base with a version
11. `problems`, `faults`   what is wrong, as values, and each code explained

A file that is wrong gives problems, never exceptions, and all of them at once.
"""
