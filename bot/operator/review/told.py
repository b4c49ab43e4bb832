"""A cluster and what came of a decision, in words for the adviser: plain text that both faces show."""

from __future__ import annotations

import json

from bot.conversation.knowledge import Knowledge
from bot.operator.review.clusters import Cluster
from bot.operator.review.desk import Done
from bot.operator.review.misses import KINDS

SHOWN = 5  # examples
LONGEST = 200  # characters of an example that are shown
NOTHING = (
    "Nothing to review: every question that was kept in the log is answered, ignored or out of its time. "
    "What you ask in `talk` and `ask` is not kept."
)


def line(cluster: Cluster) -> str:
    """For a list."""
    near = cluster.nearest[0] if cluster.nearest else None
    guess = f"{near.intent} {near.probability:.0%}" if near else "nothing near"
    return f"{cluster.count:>4}x  {_short(cluster.texts[0], 60)}   ({_days(cluster)}; {guess})"


def card(cluster: Cluster, knowledge: Knowledge, number: int, of: int) -> str:
    """Everything there is to decide by."""
    kinds = ", ".join(f"{times} {KINDS[kind]}" for kind, times in cluster.kinds.items())
    texts = [f"  • {_short(text, LONGEST)}" for text in cluster.texts[:SHOWN]]
    more = [f"  ... and {len(cluster.texts) - SHOWN} more"] if len(cluster.texts) > SHOWN else []
    near = [f"  {n.probability:4.0%}  {n.intent}: {knowledge.question(n.intent)}" for n in cluster.nearest]
    head = f"{number} of {of}: asked {cluster.count} {'time' if cluster.count == 1 else 'times'}, {_days(cluster)}"
    return "\n".join([head, f"  ({kinds})", *texts, *more, "Nearest entries:", *(near or ["  none"])])


def done(result: Done) -> str:
    return f"{result.told}\n\n{result.diff}".strip()


def as_json(cluster: Cluster) -> str:
    """One object a line."""
    plain = {
        "key": cluster.key,
        "count": cluster.count,
        "kinds": dict(cluster.kinds),
        "examples": [_short(text, LONGEST) for text in cluster.texts[:SHOWN]],
        "first": cluster.first,
        "last": cluster.last,
        "nearest": [{"id": near.intent, "probability": round(near.probability, 3)} for near in cluster.nearest],
    }
    return json.dumps(plain, ensure_ascii=False)


def _days(cluster: Cluster) -> str:
    return cluster.first if cluster.first == cluster.last else f"{cluster.first} to {cluster.last}"


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
