"""What is counted, in Prometheus' format. Labels are words of ours: no text, no id of a person.

==================================  ==============================================================
`firstcheck_events_total`           events from Slack by `outcome`: accepted, ignored, refused
`firstcheck_ack_seconds`            from an event's arrival to its acknowledgement
`firstcheck_tasks_total`            tasks by `kind` and `outcome`: done, sent, found (an earlier
                                    try had arrived), deferred, rate_limited, unknown, failed,
                                    refused, skipped, set_aside, left, lost_lease
`firstcheck_task_seconds`           how long doing one took, by `kind`; with Slack's or the
                                    database's part
`firstcheck_database_errors_total`  times the database failed whoever listens or works
`firstcheck_rules_refused`          1 while the rule files have a problem and older rules serve
`firstcheck_backlog_conversations`  conversations with something due
`firstcheck_backlog_seconds`        how long the first of them has been due
`firstcheck_database_up`            whether the backlog could be read
`firstcheck_sockets`                open connections in Socket Mode
`firstcheck_sockets_wanted`         how many there should be; 0 in HTTP mode and for a worker
`firstcheck_build_info`             1, with the `version`
==================================  ==============================================================
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily

from bot import __version__
from bot.errors import StorageError
from bot.helpdesk.codec import TYPE_OF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prometheus_client.metrics_core import Metric

    from bot.helpdesk.ports import Backlog

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_ACK_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Seconds; Slack waits three."""
_TASK_BUCKETS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Seconds; a request to Slack takes ten at most, unless set otherwise."""
_OUTCOMES: Final = ("accepted", "ignored", "refused")
_WORRYING: Final = ("lost_lease", "rate_limited", "set_aside", "unknown")
"""Outcomes of tasks that are shown from the start: from nothing to one is an increase too."""


class Metrics:
    """A `bot.helpdesk.ports.Meter` that can be scraped."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._events = Counter(
            "firstcheck_events", "Events from Slack.", ["outcome"], registry=self.registry
        )
        self._ack = Histogram(
            "firstcheck_ack_seconds",
            "From an event's arrival to its acknowledgement.",
            buckets=_ACK_BUCKETS,
            registry=self.registry,
        )
        self._tasks = Counter(
            "firstcheck_tasks", "Tasks handed out.", ["kind", "outcome"], registry=self.registry
        )
        for outcome in _OUTCOMES:
            self._events.labels(outcome)
        for kind, outcome in product(TYPE_OF, _WORRYING):
            self._tasks.labels(kind, outcome)
        self._tasks.labels("unknown", "left")
        self._took = Histogram(
            "firstcheck_task_seconds",
            "How long doing a task took.",
            ["kind"],
            buckets=_TASK_BUCKETS,
            registry=self.registry,
        )
        self._database_errors = Counter(
            "firstcheck_database_errors", "Times the database failed.", registry=self.registry
        )
        self._rules_refused = Gauge(
            "firstcheck_rules_refused", "The rule files have a problem.", registry=self.registry
        )

    def event(self, outcome: str, seconds: float) -> None:
        """Count an event and its time."""
        self._events.labels(outcome).inc()
        self._ack.observe(seconds)

    def task(self, kind: str, outcome: str) -> None:
        """Count a task."""
        self._tasks.labels(kind, outcome).inc()

    def took(self, kind: str, seconds: float) -> None:
        """Count how long a task took."""
        self._took.labels(kind).observe(seconds)

    def database_failed(self) -> None:
        """Count a failure of the database."""
        self._database_errors.inc()

    def rules_read(self, *, refused: bool) -> None:
        """Whether the rule files, read just now, have a problem."""
        self._rules_refused.set(refused)

    def watch(
        self, backlog: Callable[[], Backlog], sockets: Callable[[], int], wanted: int = 0
    ) -> None:
        """Ask these at each scrape; `wanted` is how many sockets there should be."""
        self.registry.register(_State(backlog, sockets, wanted))

    def text(self) -> bytes:
        """All of it, as Prometheus reads it. May wait for the database."""
        return generate_latest(self.registry)


class _State:
    """What is read when it is asked for."""

    def __init__(
        self, backlog: Callable[[], Backlog], sockets: Callable[[], int], wanted: int
    ) -> None:
        self._backlog = backlog
        self._sockets = sockets
        self._wanted = wanted

    def describe(self) -> Iterator[Metric]:
        """Nothing, so that nothing is read before there is a database."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """The gauges; without a database those that need none."""
        build = GaugeMetricFamily("firstcheck_build_info", "The version.", labels=["version"])
        build.add_metric([__version__], 1)
        yield build
        yield GaugeMetricFamily("firstcheck_sockets", "Open connections.", value=self._sockets())
        yield GaugeMetricFamily(
            "firstcheck_sockets_wanted", "Connections there should be.", value=self._wanted
        )
        try:
            late = self._backlog()
        except StorageError:
            yield GaugeMetricFamily("firstcheck_database_up", "Readable.", value=0)
            return
        yield GaugeMetricFamily("firstcheck_database_up", "Readable.", value=1)
        yield GaugeMetricFamily(
            "firstcheck_backlog_conversations", "Conversations with work due.", value=late.lanes
        )
        yield GaugeMetricFamily(
            "firstcheck_backlog_seconds", "Since when the first is due.", value=late.seconds
        )
