"""Alerts and dashboard: queries that parse, on metrics that exist, with words for who is woken."""

from __future__ import annotations

import json
import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

import promql_parser
import pytest
import yaml
from promql_parser import MatrixSelector, VectorSelector

from bot.core.text.language import Language, language_of
from bot.helpdesk.codec import TYPE_OF
from bot.helpdesk.ports import Backlog
from bot.telemetry import metrics
from bot.telemetry.metrics import Metrics
from tests.deploy.offline import DEPLOY, run, tool

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUPS = yaml.safe_load((DEPLOY / "prometheus/firstcheck.rules.yaml").read_text("utf-8"))["groups"]
RULES = [rule for group in GROUPS for rule in group["rules"]]
ALERTS = [rule for rule in RULES if "alert" in rule]
RECORDED = {rule["record"] for rule in RULES if "record" in rule}
DASHBOARD = json.loads((DEPLOY / "grafana/firstcheck.json").read_text("utf-8"))
PANELS = DASHBOARD["panels"]
PARTS = ("expr", "lhs", "rhs", "args", "param", "vector_selector")
PROMETHEUS_OWN = {"up"}


def shown() -> set[str]:
    """The names under which our metrics are read."""
    made = Metrics()
    made.watch(lambda: Backlog(0, 0.0), lambda: 0)
    made.event("accepted", 0.0)
    made.task("post", "sent")
    made.took("post", 0.0)
    return set(re.findall(r"^([a-z_]+)[ {]", made.text().decode(), re.MULTILINE))


def selectors(part: Any) -> Iterator[VectorSelector]:
    """Every series named in a parsed query."""
    if isinstance(part, VectorSelector):
        yield part
    elif isinstance(part, MatrixSelector):
        yield from selectors(part.vector_selector)
    elif isinstance(part, list):
        for one in part:
            yield from selectors(one)
    else:
        for name in PARTS:
            if (inner := getattr(part, name, None)) is not None:
                yield from selectors(inner)


def parsed(query: str) -> list[VectorSelector]:
    """The series of a query, Grafana's variables filled in. Raises ValueError."""
    filled = query.replace("$__rate_interval", "5m").replace("$job", "firstcheck")
    return list(selectors(promql_parser.parse(filled)))


QUERIES = [
    *(pytest.param(rule["expr"], id=rule.get("alert") or rule["record"]) for rule in RULES),
    *(
        pytest.param(target["expr"], id=f"{panel['title']} {target['refId']}")
        for panel in PANELS
        for target in panel["targets"]
    ),
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_asks_for_what_is_counted(query: str) -> None:
    found = parsed(query)
    assert found
    assert {one.name for one in found} <= shown() | RECORDED | PROMETHEUS_OWN


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_knows_the_words_of_the_labels(query: str) -> None:
    words = set(re.findall(r"[a-z_]+", (metrics.__doc__ or "").split("outcome", 1)[1]))
    for selector in parsed(query):
        for matcher in selector.matchers.matchers:
            values = set(matcher.value.split("|"))
            assert matcher.name in {"job", "kind", "outcome"}
            assert matcher.name != "outcome" or values <= words
            assert matcher.name != "kind" or values <= set(TYPE_OF)


def test_a_query_that_does_not_parse_or_has_a_misspelt_metric_would_be_found() -> None:
    with pytest.raises(ValueError, match=r"unclosed|unexpected"):
        parsed("sum by (job (firstcheck_sockets)")
    [selector] = parsed("sum(firstcheck_socket)")
    assert selector.name not in shown()


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_an_alert_says_what_is_wrong_and_what_to_do_in_both_languages(alert: Any) -> None:
    assert alert["labels"] in ({"severity": "critical"}, {"severity": "warning"})
    assert re.fullmatch(r"\d+[mh]", alert["for"])
    notes = alert["annotations"]
    assert set(notes) == {"summary", "summary_ja", "runbook", "runbook_ja"}
    for name, text in notes.items():
        assert text.endswith("。" if name.endswith("_ja") else ".")
        assert language_of(text) is (Language.JA if name.endswith("_ja") else Language.EN)


def test_every_limit_has_its_reason() -> None:
    text = (DEPLOY / "prometheus/firstcheck.rules.yaml").read_text("utf-8")
    assert len(re.findall(r"^ +# .+\n +- alert: ", text, re.MULTILINE)) == len(ALERTS) >= 15


def test_prometheus_takes_the_rules_and_they_fire_as_they_should() -> None:
    promtool = tool("promtool")
    rules = DEPLOY / "prometheus/firstcheck.rules.yaml"
    for words in (
        ("check", "rules", rules),
        ("test", "rules", DEPLOY / "../tests/deploy/alerts.yaml"),
    ):
        done = run(promtool, *words)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("guide", ["README.md", "README.ja.md"])
def test_the_guide_names_the_files(guide: str) -> None:
    text = (DEPLOY / guide).read_text("utf-8")
    for name in ("prometheus/firstcheck.rules.yaml", "grafana/firstcheck.json"):
        assert name in text


def test_the_example_of_prometheus_reads_the_rules_under_the_name_they_expect() -> None:
    text = (DEPLOY / "prometheus/prometheus.example.yaml").read_text("utf-8")
    example = yaml.safe_load(text)
    assert example["rule_files"] == ["firstcheck.rules.yaml"]
    assert set(re.findall(r"job_name: (\S+)", text)) == {"firstcheck"}


def test_grafana_finds_in_the_dashboard_what_it_needs() -> None:
    assert {"uid", "title", "schemaVersion", "templating", "time", "panels"} <= DASHBOARD.keys()
    variables = {variable["name"] for variable in DASHBOARD["templating"]["list"]}
    used = set(re.findall(r"\$\{?([a-z]+)\}?", json.dumps(PANELS)))
    assert used == variables == {"datasource", "job"}
    assert len({panel["id"] for panel in PANELS}) == len(PANELS)
    for panel in PANELS:
        assert {"type", "title", "datasource", "gridPos", "fieldConfig", "options"} <= panel.keys()
        assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])


def test_no_panel_lies_over_another_or_beside_the_page() -> None:
    def overlap(one: dict[str, int], other: dict[str, int]) -> bool:
        return all(
            one[start] < other[start] + other[size] and other[start] < one[start] + one[size]
            for start, size in (("x", "w"), ("y", "h"))
        )

    places = [panel["gridPos"] for panel in PANELS]
    assert not [pair for pair in combinations(places, 2) if overlap(*pair)]
    assert max(place["x"] + place["w"] for place in places) == 24


def test_the_dashboard_shows_everything_that_is_counted_for_it() -> None:
    queries = [target["expr"] for panel in PANELS for target in panel["targets"]]
    asked = {one.name for query in [*queries, *(r["expr"] for r in RULES)] for one in parsed(query)}
    ours = {name for name in shown() if name.startswith("firstcheck_")}
    not_asked = {name for name in ours - asked if not name.endswith(("_created", "_count", "_sum"))}
    assert not_asked == set()
