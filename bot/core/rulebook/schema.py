"""The table of fields as a JSON Schema (2020-12), for completion and hovers in editors.

The schema is a help while typing; `parse` is the judge. Numbers are allowed where we take text,
because an editor's YAML reads `code: 809` as a number and we do not.
"""

from __future__ import annotations

from typing import Any

from bot.core.rulebook.fields import BILINGUAL, RULE
from bot.core.rulebook.shape import Field, Kind, Shape
from bot.core.rulebook.shared_fields import TAXONOMY
from bot.core.rulebook.validate import ID

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
Json = dict[str, Any]


def schema() -> Json:
    """The schema of a rule file."""
    return _document(RULE, "Firstcheck rule")


def taxonomy_schema() -> Json:
    """The schema of taxonomy.yaml."""
    return _document(TAXONOMY, "Firstcheck taxonomy")


def _document(top: Shape, title: str) -> Json:
    shapes = [shape for shape in top.walk() if shape is not top]
    definitions = {shape.name: _shape(shape) for shape in (*shapes, BILINGUAL)}
    return {"$schema": _DIALECT, "title": title, **_shape(top), "$defs": definitions}


def _shape(shape: Shape) -> Json:
    made: Json = {
        "description": shape.says,
        "type": "object",
        "properties": {field.name: _field(field) for field in shape.fields},
        "additionalProperties": False,
    }
    if required := [f.name for f in shape.fields if f.required and not f.draft_may_lack]:
        if "use" in shape.by_name:  # the fragment may have them
            made["anyOf"] = [{"required": required}, {"required": ["use"]}]
        else:
            made["required"] = required
    if not_of_drafts := [f.name for f in shape.fields if f.draft_may_lack]:
        made["if"] = {"properties": {"status": {"const": "draft"}}}
        made["else"] = {"required": not_of_drafts}
    if shape.one_of:
        made["oneOf"] = [{"required": [name]} for name in shape.one_of]
    if rules := _CONDITIONS.get(shape.name):
        made["allOf"] = rules
    return made


def _field(field: Field) -> Json:
    about: Json = {"description": describe(field)}
    if not field.many:
        return about | _one(field)
    many: Json = about | {"type": "array", "items": _one(field)}
    return many | {"minItems": 1} if field.required else many


def describe(field: Field) -> str:
    """What the field means and its limits, in plain sentences."""
    limits = [
        f"At most {count} {unit}."
        for count, unit in (
            (field.en_words, "English words"),
            (field.ja_chars, "Japanese characters"),
            (field.chars, "characters"),
        )
        if count
    ]
    if field.kind is Kind.WORD and len(field.allowed) > 1 and not field.required:
        limits.append(f"Default {field.allowed[0]}.")
    return " ".join([field.says, *limits])


def _one(field: Field) -> Json:
    if field.of:
        below = {"$ref": f"#/$defs/{field.of.name}"}
        if field.kind is Kind.SECTION:
            return below
        return {"type": "object", "propertyNames": _PLAIN[Kind.ID], "additionalProperties": below}
    if field.kind is Kind.BOTH:
        return _both(field)
    if field.kind is Kind.WORD:
        return {"enum": list(field.allowed)}
    return _PLAIN[field.kind]


_TEXT: Json = {"type": ["string", "number"], "minLength": 1}
_PLAIN: dict[Kind, Json] = {
    Kind.TEXT: _TEXT,
    Kind.PHRASE: _TEXT,
    Kind.ID: {"type": "string", "pattern": f"^(?:{ID.pattern})$"},
    Kind.FLAG: {"enum": ["yes", "no", True, False]},
    Kind.DATE: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    Kind.LINK: {"type": "string", "pattern": "^https?://"},
}


def _both(field: Field) -> Json:
    reference: Json = {"$ref": f"#/$defs/{BILINGUAL.name}"}
    limits = {
        language: {"maxLength": most}
        for language, most in (("en", field.chars), ("ja", field.chars or field.ja_chars))
        if most
    }
    return reference | {"properties": limits} if limits else reference


def _if_answer(kind: str, then: Json) -> Json:
    told = {"required": ["answer"], "properties": {"answer": {"const": kind}}}
    return {"if": told, "then": then}


_NO_YES_NO: Json = {"yes": False, "no": False}
_CONDITIONS: dict[str, list[Json]] = {
    "check": [
        _if_answer("yes_no", {"properties": {"choices": False}}),
        _if_answer(
            "choice",
            {"required": ["choices"], "properties": {"choices": {"minItems": 2}, **_NO_YES_NO}},
        ),
        _if_answer("text", {"properties": {"choices": False, **_NO_YES_NO}}),
    ]
}
