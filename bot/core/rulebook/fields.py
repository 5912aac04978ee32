"""The one table of fields: what an author may write, and what it means.

It drives the parser's checks (`validate`), `rules/schema.json` for editors (`schema`) and the table
in `rules/README.md` (`docs`). A new field is added here first.
"""

from __future__ import annotations

from bot.core.rulebook.model import AnswerKind, Audience, Effort, Likelihood, Status
from bot.core.rulebook.shape import Field, Kind, Refers, Shape

PLACEHOLDERS = ("address", "server", "code", "file", "any")
BUTTONS = ("fixed", "failed", "yes", "no", "not_sure", "human", "other")
"""What a dialogue can press besides choices: `[fixed]` …"""
OUTCOMES = ("solved", "escalated")

USE = Field(
    "use",
    Kind.ID,
    "A fragment of `fragments.yaml` that gives the keys which are not written here.",
    "web-mail-opens",
)

LANGUAGES = (
    Field("en", Kind.TEXT, "The sentence in English.", "Printer is offline", required=True),
    Field("ja", Kind.TEXT, "The sentence in Japanese.", "印刷できない", required=True),
)


def _section(
    name: str,
    shape: Shape,
    *,
    required: bool = False,
    draft_may_lack: bool = False,
    many: bool = False,
) -> Field:
    """A key that holds a section, or a list of them."""
    return Field(name, Kind.SECTION, shape.says, "…", required, draft_may_lack, many=many, of=shape)


BILINGUAL = Shape("sentence", "The same sentence in both languages.", (*LANGUAGES, USE))

_EFFORTS = tuple(Effort)

SIGNATURE = Shape(
    "signature",
    "How the rule recognises a report. One that is found is enough, unless it is weak.",
    (
        Field(
            "phrase",
            Kind.PHRASE,
            "The message, exactly as the product shows it. The parts that vary are {address}, "
            "{server}, {code}, {file} or {any}.",
            "Cannot connect to {server}.",
        ),
        Field("code", Kind.TEXT, "An error code.", '"0x80070005"'),
        Field(
            "near",
            Kind.TEXT,
            "Words one of which must stand in the same report, because other products use the same "
            "code or words. Without them the bot asks which app shows it.",
            "[outlook, メール]",
            many=True,
        ),
        Field(
            "telling",
            Kind.TEXT,
            "Only with phrase: words of it that must be there letter by letter, because another "
            "message differs in just these.",
            "[受信]",
            many=True,
        ),
        Field("weak", Kind.FLAG, "Supports another signature, never suffices by itself.", "yes"),
        USE,
    ),
    one_of=("phrase", "code"),
)

CAUSE = Shape(
    "cause",
    "Why the error may happen, and what to do about it.",
    (
        Field(
            "id",
            Kind.ID,
            "Unique among the causes and checks of the rule.",
            "name-not-as-registered",
            required=True,
        ),
        Field(
            "title",
            Kind.BOTH,
            "A short noun phrase; handovers say “ruled out: …”.",
            "{en: name differs from the registered one, ja: 登録名と異なる名前}",
            required=True,
        ),
        Field(
            "likelihood",
            Kind.WORD,
            "How often this cause is behind the error.",
            "common",
            allowed=(Likelihood.OCCASIONAL, Likelihood.COMMON, Likelihood.RARE),
        ),
        Field("effort", Kind.WORD, "What the fix costs the person.", "quick", allowed=_EFFORTS),
        Field("pin", Kind.WORD, "Offer this cause first, always.", "first", allowed=("first",)),
        Field(
            "fix",
            Kind.BOTH,
            "One action the person can do. Without it only people can fix this cause.",
            "{en: …, ja: …}",
            en_words=35,
            ja_chars=120,
        ),
        Field("where", Kind.BOTH, "How to find what the fix speaks of.", "{en: …, ja: …}"),
        Field(
            "reversible",
            Kind.FLAG,
            "no: the fix cannot be undone; it comes after those that can. Default yes.",
            "no",
        ),
        Field(
            "escalate",
            Kind.ID,
            "The escalation class this cause is handed over as, if not the rule's own.",
            "licence",
            refers=Refers.CLASS,
        ),
        USE,
    ),
)

_EFFECTS = (
    Field(
        "points_to",
        Kind.ID,
        "Causes this answer makes likelier.",
        "[wrong-password]",
        many=True,
        refers=Refers.CAUSE,
    ),
    Field(
        "rules_out",
        Kind.ID,
        "Causes this answer excludes.",
        "[mailbox-not-ready]",
        many=True,
        refers=Refers.CAUSE,
    ),
    Field(
        "shown_by",
        Kind.TEXT,
        "Words in the report that already give this answer, so that it is not asked.",
        "[Outlook 2016]",
        many=True,
    ),
)

ANSWER = Shape("answer", "What follows from an answer to a yes-or-no check.", _EFFECTS)

CHOICE = Shape(
    "choice",
    "One of the answers to a check with choices.",
    (
        Field("id", Kind.ID, "Unique within the check.", "before-2016", required=True),
        Field(
            "label",
            Kind.BOTH,
            "What the button says.",
            "{en: 2013 or older, ja: 2013 以前}",
            required=True,
            chars=75,
        ),
        *_EFFECTS,
    ),
)

CHECK = Shape(
    "check",
    "A question that tells causes apart.",
    (
        Field(
            "id",
            Kind.ID,
            "Unique among the causes and checks of the rule.",
            "web-mail-opens",
            required=True,
        ),
        Field(
            "title",
            Kind.BOTH,
            "A short noun phrase for handovers.",
            "{en: web mail, ja: Web メールの表示}",
            required=True,
        ),
        Field(
            "ask",
            Kind.BOTH,
            "One question.",
            "{en: …, ja: …}",
            required=True,
            en_words=35,
            ja_chars=120,
        ),
        Field(
            "answer",
            Kind.WORD,
            "yes_no has the keys yes and no; choice has choices; text is only kept for the "
            "handover.",
            "yes_no",
            required=True,
            allowed=tuple(AnswerKind),
        ),
        Field("effort", Kind.WORD, "What answering costs.", "quick", allowed=_EFFORTS),
        Field("yes", Kind.SECTION, "What follows from yes.", "{rules_out: [a]}", of=ANSWER),
        Field("no", Kind.SECTION, "What follows from no.", "{points_to: [b]}", of=ANSWER),
        Field("choices", Kind.SECTION, "The answers to choose from.", "…", many=True, of=CHOICE),
        USE,
    ),
)

_BRING = Field(
    "bring",
    Kind.BOTH,
    "Facts the ticket needs; never a password.",
    "[{en: the address entered, ja: 入力したメールアドレス}]",
    many=True,
)

CLASS = Shape(
    "class",
    "Another team to hand over to, for certain causes.",
    (
        Field("title", Kind.BOTH, "A short noun phrase.", "{en: …, ja: …}", required=True),
        Field("to", Kind.ID, "A team, if not the rule's own.", "accounts", refers=Refers.TEAM),
        _BRING,
    ),
)

ESCALATE = Shape(
    "escalate",
    "Whom to hand over to, and what they need.",
    (
        Field("to", Kind.ID, "A team.", "messaging", required=True, refers=Refers.TEAM),
        _BRING,
        Field("meanwhile", Kind.BOTH, "How to go on working until then.", "{en: …, ja: …}"),
        Field("classes", Kind.NAMED, "Other teams, by the id causes name.", "{}", of=CLASS),
    ),
)

TURN = Shape(
    "turn",
    "One line of an example dialogue.",
    (
        Field("asks", Kind.ID, "The cause or check offered now.", "wrong-name", refers=Refers.STEP),
        Field(
            "user",
            Kind.TEXT,
            "What the person types; or a button: "
            + " ".join(f"[{b}]" for b in BUTTONS)
            + " or [the id of a choice].",
            '"[failed]"',
        ),
        Field(
            "concludes",
            Kind.ID,
            "How it ends: solved, escalated, or the escalation class.",
            "solved",
            refers=Refers.OUTCOME,
        ),
    ),
    one_of=("asks", "user", "concludes"),
)

EXAMPLE = Shape(
    "example",
    "A report this rule must recognise.",
    (
        Field("text", Kind.TEXT, "What a person might paste.", "Outlook で…", required=True),
        Field("dialogue", Kind.SECTION, "How it goes on.", "…", many=True, of=TURN),
    ),
)

COUNTEREXAMPLE = Shape(
    "counterexample",
    "A message this rule must not answer.",
    (
        Field("text", Kind.TEXT, "What a person might write.", "直りました", required=True),
        Field("because", Kind.TEXT, "Why not.", "it reports a solution", required=True),
    ),
)

RULE = Shape(
    "rule",
    "A known error: one file, `rules/<product>/<id>.yaml`.",
    (
        Field(
            "id",
            Kind.ID,
            "The file's name without .yaml. Never reused.",
            "printer-offline",
            required=True,
        ),
        Field(
            "status",
            Kind.WORD,
            "draft: only suggested to staff. tested: answers people; needs a source, at least "
            "three examples in both languages and three counterexamples. trusted: has an owner "
            "and a review within a year as well. retired: never matches.",
            "draft",
            required=True,
            allowed=tuple(Status),
        ),
        Field(
            "product",
            Kind.ID,
            "A product of taxonomy.yaml, and the folder's name.",
            "printer",
            required=True,
            refers=Refers.PRODUCT,
        ),
        Field("audience", Kind.WORD, "Who can fix it.", "employee", allowed=tuple(Audience)),
        Field("owner", Kind.TEXT, "Who keeps the rule right.", "print-team"),
        Field("reviewed", Kind.DATE, "When its owner last looked at it.", "2026-11-22"),
        Field("replaces", Kind.ID, "Ids of rules this one took over.", "[old-id]", many=True),
        Field("sources", Kind.LINK, "Where the facts are from.", "[https://…]", many=True),
        Field("title", Kind.BOTH, "What goes wrong.", "{en: …, ja: …}", required=True),
        Field(
            "applies_to",
            Kind.BOTH,
            "One clause that completes “This applies when ….” and 「…場合のご案内です。」.",
            "{en: you print from a Mac, ja: Mac から印刷する}",
        ),
        _section("signatures", SIGNATURE, required=True, many=True),
        Field(
            "unless",
            Kind.PHRASE,
            "Phrases that veto: with one of them in the report the rule does not apply.",
            "[Outlook on the web]",
            many=True,
        ),
        Field(
            "misdirection",
            Kind.BOTH,
            "What the message makes people think, and what it usually is. One sentence or two.",
            "{en: …, ja: …}",
        ),
        Field("caution", Kind.BOTH, "What must not be pressed or changed.", "{en: …, ja: …}"),
        _section("causes", CAUSE, required=True, draft_may_lack=True, many=True),
        _section("checks", CHECK, many=True),
        _section("escalate", ESCALATE, required=True, draft_may_lack=True),
        _section("examples", EXAMPLE, many=True),
        _section("counterexamples", COUNTEREXAMPLE, many=True),
    ),
)
