"""The fields of what rules refer to: taxonomy.yaml and fragments.yaml. See `fields`."""

from __future__ import annotations

from dataclasses import replace

from bot.core.rulebook.fields import BILINGUAL, CAUSE, CHECK, LANGUAGES, SIGNATURE, USE
from bot.core.rulebook.shape import Field, Kind, Shape

PRODUCT = Shape(
    "product",
    "What a rule is about.",
    (
        Field("title", Kind.BOTH, "Its name.", "{en: Outlook, ja: Outlook}", required=True),
        Field("words", Kind.TEXT, "How people name it.", "[outlook, アウトルック]", many=True),
    ),
)

TEAM = Shape(
    "team",
    "Who takes a handover.",
    (Field("title", Kind.BOTH, "Its name.", "{en: Mail team, ja: メール担当}", required=True),),
)

TAXONOMY = Shape(
    "taxonomy",
    "The words rules refer to: `rules/taxonomy.yaml`.",
    (
        Field("products", Kind.NAMED, "All products, by id.", "…", required=True, of=PRODUCT),
        Field("teams", Kind.NAMED, "All teams, by id.", "…", required=True, of=TEAM),
    ),
)


def _part_of(shape: Shape) -> Shape:
    """What a fragment may give of a section: any of its keys, but no id of its own."""
    fields = (f for f in shape.fields if f.name not in ("id", USE.name))
    parts = tuple(replace(field, required=False) for field in fields)
    return Shape(f"shared {shape.name}", f"What several rules say of a {shape.name}.", parts)


FRAGMENTS = Shape(
    "fragments",
    "Wording that rules share: `rules/fragments.yaml`. In a rule, `use: NAME` stands for it.",
    (
        Field(
            "sentences",
            Kind.NAMED,
            "Sentences, for any place that takes both languages.",
            of=Shape("shared sentence", BILINGUAL.says, LANGUAGES),
        ),
        Field("signatures", Kind.NAMED, "Such as words that must be near.", of=_part_of(SIGNATURE)),
        Field("causes", Kind.NAMED, "Such as a title and a fix.", of=_part_of(CAUSE)),
        Field("checks", Kind.NAMED, "Such as a question.", of=_part_of(CHECK)),
    ),
)
