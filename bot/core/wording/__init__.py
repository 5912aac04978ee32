"""What is said, in both languages: `write` turns topics into replies, `en` and `ja` hold sentences.

A reply has at most five lines and one next step. The subject is the value, never the person.
"""
