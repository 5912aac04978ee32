"""What can be wrong with a rule file before anybody asks whether its advice is good.

Each fault is shown by the smallest text that has it and the same text without it; the table in
`rules/README.md` is generated from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """The codes of problems found while reading; stable, they are quoted in people's scripts."""

    UNREADABLE = "unreadable"
    MISPLACED = "misplaced"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    CONTROL_CHARACTER = "control-character"
    SYNTAX = "yaml-syntax"
    ALIAS = "yaml-alias"
    TAG = "yaml-tag"
    SEVERAL_DOCUMENTS = "several-documents"
    EMPTY_FILE = "empty-file"
    WRONG_KIND = "wrong-kind"
    DUPLICATE_KEY = "duplicate-key"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    EMPTY_VALUE = "empty-value"
    EITHER_OR = "either-or"
    UNKNOWN_WORD = "unknown-word"
    BAD_ID = "bad-id"
    BAD_DATE = "bad-date"
    BAD_LINK = "bad-link"
    BAD_PLACEHOLDER = "bad-placeholder"
    BAD_BUTTON = "bad-button"
    UNKNOWN_REFERENCE = "unknown-reference"
    DUPLICATE_ID = "duplicate-id"
    RESERVED_ID = "reserved-id"
    NOT_THE_FILE_NAME = "not-the-file-name"
    NOT_THE_FOLDER = "not-the-folder"
    ANSWERS_MISMATCH = "answers-mismatch"
    TWO_PINS = "two-pins"
    REPLACED_IN_FORCE = "replaced-in-force"


@dataclass(frozen=True, slots=True)
class Explained:
    """A problem code for the reader of `rules/README.md`."""

    code: str
    says: str
    bad: str
    good: str


FAULTS: tuple[Explained, ...] = (
    Explained(
        Fault.UNREADABLE,
        "The file or folder cannot be read, or is not UTF-8.",
        "a file saved as Shift_JIS",
        "the same file saved as UTF-8",
    ),
    Explained(
        Fault.MISPLACED,
        "A YAML file where no rule is looked for: rules are `<product>/<id>.yaml`.",
        "rules/printer-offline.yml",
        "rules/printer/printer-offline.yaml",
    ),
    Explained(
        Fault.TOO_LARGE,
        "A rule file has at most 256 KB, a text in it 4,000 characters, a phrase 1,000, and "
        "fragments lend it 10,000 keys and texts.",
        "a log of 1 MB as an example",
        "the ten lines that matter",
    ),
    Explained(
        Fault.TOO_DEEP, "Nested more than 20 deep.", "[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]…", "[]"
    ),
    Explained(
        Fault.CONTROL_CHARACTER,
        "A character that nobody sees, such as a control character, a mark of no width or one that "
        "turns the writing direction; most often it came along with pasted text.",
        "phrase: access denied‹ESC›[0m",
        "phrase: access denied",
    ),
    Explained(
        Fault.SYNTAX,
        "The text is not YAML; most often a text with “: ” or a quote in it needs quotes around.",
        "phrase: Error: access denied",
        'phrase: "Error: access denied"',
    ),
    Explained(
        Fault.ALIAS,
        "YAML anchors and aliases are not used in rules.",
        "to: *team",
        "to: messaging",
    ),
    Explained(Fault.TAG, "YAML tags are not used in rules.", "owner: !!str it", "owner: it"),
    Explained(
        Fault.SEVERAL_DOCUMENTS,
        "One rule a file.",
        "id: a … --- id: b …",
        "two files",
    ),
    Explained(
        Fault.EMPTY_FILE,
        "Nothing is in the file but comments.",
        "# to do",
        "id: printer-offline …",
    ),
    Explained(
        Fault.WRONG_KIND,
        "A list, a mapping or a text stands where another is expected.",
        "unless: fixed",
        "unless: [fixed]",
    ),
    Explained(
        Fault.DUPLICATE_KEY,
        "The same key twice: one of them would be lost.",
        "owner: a … owner: b",
        "owner: b",
    ),
    Explained(
        Fault.UNKNOWN_KEY,
        "A key the rule format does not know, often a typing slip.",
        "likelyhood: common",
        "likelihood: common",
    ),
    Explained(
        Fault.MISSING_KEY,
        "A key that must be there is not; also one of the two languages.",
        "title: {en: Printer is offline}",
        "title: {en: Printer is offline, ja: プリンターがオフラインになる}",
    ),
    Explained(Fault.EMPTY_VALUE, "A key with nothing after it.", "owner:", "owner: print-team"),
    Explained(
        Fault.EITHER_OR,
        "Exactly one of several keys must be there.",
        '- {phrase: access denied, code: "0x80070005"}',
        '- code: "0x80070005"',
    ),
    Explained(
        Fault.UNKNOWN_WORD,
        "Only certain words are allowed here.",
        "likelihood: often",
        "likelihood: common",
    ),
    Explained(
        Fault.BAD_ID,
        "Ids are lower-case letters, digits and hyphens.",
        "id: Printer_Offline",
        "id: printer-offline",
    ),
    Explained(
        Fault.BAD_DATE,
        "Dates are year-month-day.",
        "reviewed: 22/11/2026",
        "reviewed: 2026-11-22",
    ),
    Explained(
        Fault.BAD_LINK,
        "A source is a web address.",
        "sources: [the vendor's page]",
        "sources: [https://example.com/page]",
    ),
    Explained(
        Fault.BAD_PLACEHOLDER,
        "Phrases know {address}, {server}, {code}, {file} and {any}.",
        'phrase: "Cannot reach {host}"',
        'phrase: "Cannot reach {server}"',
    ),
    Explained(
        Fault.BAD_BUTTON,
        "A dialogue presses a button that is never shown.",
        'user: "[not fixed]"',
        'user: "[failed]"',
    ),
    Explained(
        Fault.UNKNOWN_REFERENCE,
        "An id that nothing bears: a cause, check, class, team or product.",
        "points_to: [name-not-registred]",
        "points_to: [name-not-as-registered]",
    ),
    Explained(
        Fault.DUPLICATE_ID,
        "Two things bear the same id.",
        "two causes with id: wrong-name",
        "id: wrong-name, id: wrong-address",
    ),
    Explained(
        Fault.RESERVED_ID,
        "The id already means something in dialogues, such as a button every message has.",
        "choices: [{id: other, …}]",
        "choices: [{id: another-version, …}]",
    ),
    Explained(
        Fault.NOT_THE_FILE_NAME,
        "A rule's id is its file's name.",
        "id: printer-off in printer-offline.yaml",
        "id: printer-offline in printer-offline.yaml",
    ),
    Explained(
        Fault.NOT_THE_FOLDER,
        "A rule's product is its folder's name.",
        "product: printer in rules/outlook/",
        "product: printer in rules/printer/",
    ),
    Explained(
        Fault.ANSWERS_MISMATCH,
        "The answers do not suit the kind of check.",
        "answer: text … choices: […]",
        "answer: choice … choices: […]",
    ),
    Explained(
        Fault.TWO_PINS,
        "Only one cause can be offered first.",
        "pin: first on two causes",
        "pin: first on one cause",
    ),
    Explained(
        Fault.REPLACED_IN_FORCE,
        "A rule replaces one that is still there, or two rules replace the same one.",
        "replaces: [printer-off] while printer-off.yaml exists",
        "delete printer-off.yaml",
    ),
)
