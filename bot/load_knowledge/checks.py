"""What makes content sound beyond its shape: references, templates, figures, lengths. Reports, never raises."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from bot.conversation.buttons import FLOW_NAMED
from bot.conversation.knowledge import Entry, Fact, Knowledge, SmallTalk
from bot.conversation.pictures import KINDS
from bot.load_knowledge.flow_names import facts_of_flows
from bot.load_knowledge.problems import did_you_mean
from bot.load_knowledge.templates import TemplateReport, inspect_template
from bot.load_knowledge.yaml_lines import Document

Where = Mapping[str, tuple[Document, str]]
Say = Callable[..., None]

TITLE_LENGTH = 26  # longer labels are cut on a phone
FEWEST_PHRASINGS = 8
LONGEST_PHRASING = 250
ANSWER_WORDS = (40, 120)
SMALLTALK_WORDS = (3, 80)
MOST_BUTTONS = 3
FACT_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
AS_OF = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?|undated")
PLACE_KINDS = ("state", "metro", "nonmetro", "territory", "nation", "several")
PART = re.compile(r"\bpart\([\"'](\w+)[\"']\)")
COMMAND = re.compile(r"[a-z][a-z0-9_]{0,31}")

VOICE = frozenset({
    "welcome", "help", "menu", "section", "about", "privacy", "cancelled", "unknown_command", "fallback",
    "fallback_again", "clarify", "clarify_one", "none_of_these", "none_reply", "two_answers", "assumed_topic",
    "assumed_place", "other_places", "gone_button", "empty", "sent_voice", "sent_photo", "sent_sticker", "sent_file",
    "sent_location", "sent_contact", "sent_other", "error", "repeat_nothing", "menu_button", "inline_button",
    "source_one", "source_many", "source_unofficial", "source_old", "source_undated",
    "per_year", "per_month", "per_week", "per_hour",
    "which_place", "whole_state", "place_within", "place_parts", "place_outside", "place_abroad", "place_unknown",
    "took_as",    "flow_guessed", "place_unknown_there", "place_namesakes",
    "kept_conversations", "kept_updates_seen", "kept_outbox", "kept_questions", "kept_dead_letters",
    "kept_unreachable", "kept_pictures", "mydata", "mydata_nothing", "mydata_in_group", "forgotten",
    "forgotten_nothing", "rate_up", "rate_up_given", "rate_down", "rate_down_given", "rate_why", "rate_wrong",
    "rate_old", "rate_unclear", "rate_not_mine", "rate_thanks", "slow_down", "was_away", "status",
    "kept_wishes", "wish_button", "wish_kept", "wish_already", "wish_gone", "wish_granted",
    "plan_button", "plan", "flow_head", "flow_now", "flow_back", "flow_skip", "flow_keep", "flow_stop", "flow_done",
    "flow_yes", "flow_no", "flow_none", "flow_skipped", "flow_right", "flow_wrong", "flow_unlikely",
    "flow_impossible", "flow_foreign", "flow_which", "flow_needed", "flow_first", "flow_not_read", "flow_edited",
    "flow_message_edited",
    "flow_back_to", "flow_put_aside", "flow_resume", "flow_finished",
    "flow_go_on", "flow_go_on_to", "flow_again", "flow_stopped",
    "flow_summary", "flow_change", "flow_save", "flow_share_button", "flow_result", "flow_estimate", "flow_assumed",
    "flow_disclosure", "flow_broken", "flow_old_card", "flow_old_button", "flow_change_past", "flow_share",
    "flow_shared", "flow_shared_old", "saved_button", "saved_none", "saved_list", "saved_open", "saved_delete",
    "saved_compare", "saved_new", "saved_already", "saved_gone", "saved_opened", "saved_compared",
})  # fmt: skip

PICTURE_WORDS = frozenset({
    "nation", "nation_row", "title_one", "title_several", "title_compare", "title_compare_roles", "title_compare_both",
    "subtitle_pay", "p10", "p25", "median", "p75", "p90", "you", "no_figure", "few_jobs", "how_to_read",
    "band_row", "band_row_short", "band_row_none", "you_row", "ranking_states", "ranking_metros", "ranking_metros_in",
    "measure_median", "measure_prices", "measure_jobs", "subtitle_median", "subtitle_prices", "subtitle_jobs",
    "subtitle_floor", "ranking_row", "ranking_nation", "map_median", "map_prices", "map_jobs", "map_unit_median",
    "map_unit_prices", "map_unit_jobs", "map_scale", "map_low", "map_high", "map_none", "tiles", "trend",
    "subtitle_trend", "trend_row", "trend_point",
})  # fmt: skip


def check(knowledge: Knowledge, where: Where) -> None:
    """Report every problem of the content into the documents it came from."""

    def say(item: str, what: str, *path: str | int) -> None:
        document, key = where[item]
        at = (key, *path) if key else path
        document.report(at, what, where=".".join(str(p) for p in at) or item)

    used: set[str] = set()
    for fact_id, fact in knowledge.facts.items():
        _check_fact(fact_id, fact, knowledge, say)
    for entry_id, entry in knowledge.entries.items():
        used |= _check_entry(entry_id, entry, knowledge, say)
    for talk_id, talk in knowledge.smalltalk.items():
        used |= _check_smalltalk(talk_id, talk, knowledge, say)
    used |= _check_parts(knowledge, say)
    _check_follow_ups(knowledge, say)
    _check_phrasings(knowledge, say)
    _check_career(knowledge, say)
    _check_words("voice.yaml", knowledge.voice, VOICE, say)
    _check_words("pictures.yaml", knowledge.picture_words, PICTURE_WORDS, say)
    used |= facts_of_flows(knowledge)
    _check_use(used, knowledge, say)


def _check_fact(fact_id: str, fact: Fact, knowledge: Knowledge, say: Say) -> None:
    if not FACT_ID.fullmatch(fact_id):
        say(fact_id, "a fact's id is lower-case words joined by dots, like exam.fee")
    kinds = [fact.value is not None, bool(fact.values), bool(fact.says)]
    if sum(kinds) != 1:
        say(fact_id, "give exactly one of 'value', 'values' or 'says'")
    if not fact.says and (fact.unit is None or fact.statistic is None):
        say(fact_id, "a figure needs both 'unit' and 'statistic'")
    if not AS_OF.fullmatch(fact.as_of):
        say(fact_id, f"'{fact.as_of}' is no date: write 2026, 2026-09, 2026-09-30 or undated", "as_of")
    if not fact.sources:
        say(fact_id, "names no source", "sources")
    for source in fact.sources:
        _known(source, knowledge.sources, "source", fact_id, say, "sources")
    parent = fact_id.rpartition(".")[0]
    while parent:
        if parent in knowledge.facts:
            say(fact_id, f"'{parent}' is a fact too, so nothing can be named below it; rename one of them")
        parent = parent.rpartition(".")[0]


def _check_entry(entry_id: str, entry: Entry, knowledge: Knowledge, say: Say) -> set[str]:
    report = _check_item(entry_id, entry, knowledge, say, ANSWER_WORDS)
    if not entry.question.endswith("?"):
        say(entry_id, "the canonical question should end with a question mark", "question")
    for kind, other in entry.in_place.items():
        if kind not in PLACE_KINDS:
            say(entry_id, f"'{kind}' is no kind of place{did_you_mean(kind, PLACE_KINDS)}", "in_place", kind)
        _known(other, knowledge.entries, "question", entry_id, say, "in_place", kind)
    if entry.picture:
        _known(entry.picture, KINDS, "picture", entry_id, say, "picture")
    for term in entry.terms:
        _known(term, knowledge.vocabulary.glossary, "glossary term", entry_id, say, "terms")
    return report.facts | set(entry.cites)


def _check_smalltalk(talk_id: str, talk: SmallTalk, knowledge: Knowledge, say: Say) -> set[str]:
    report = _check_item(talk_id, talk, knowledge, say, SMALLTALK_WORDS)
    return report.facts | set(talk.cites)


def _check_item(
    item_id: str, item: Entry | SmallTalk, knowledge: Knowledge, say: Say, words: tuple[int, int]
) -> TemplateReport:
    if len(item.title) > TITLE_LENGTH:
        say(item_id, f"the title has {len(item.title)} characters; {TITLE_LENGTH} fit on a button", "title")
    if len(item.phrasings) < FEWEST_PHRASINGS:
        say(item_id, f"has {len(item.phrasings)} phrasings; write at least {FEWEST_PHRASINGS}", "phrasings")
    for other in item.next:
        _known(other, onward(knowledge), "question", item_id, say, "next")
        if other == item_id:
            say(item_id, "offers itself as the next question", "next")
    if len(item.next) > MOST_BUTTONS:
        say(item_id, f"offers {len(item.next)} next questions; {MOST_BUTTONS} are enough", "next")
    for cited in item.cites:
        _known(cited, knowledge.facts, "fact", item_id, say, "cites")
    for part in PART.findall(item.answer):
        _known(part, knowledge.parts, "part", item_id, say, "answer")
    report = inspect_template(item.answer, knowledge)
    for line, what in report.problems:
        say(item_id, f"line {line} of the answer: {what}", "answer")
    if not report.problems and not words[0] <= report.words <= words[1]:
        say(item_id, f"the answer has {report.words} words; {words[0]} to {words[1]} read well", "answer")
    return report


def _check_parts(knowledge: Knowledge, say: Say) -> set[str]:
    """What answers share. A part that no answer uses is reported, and so is a name that no part has."""
    answers = "\n".join([*(e.answer for e in knowledge.entries.values()), *knowledge.parts.values()])
    used: set[str] = set()
    for name, template in knowledge.parts.items():
        report = inspect_template(template, knowledge, rendered=False)
        used |= report.facts
        for line, what in report.problems:
            say("parts.yaml", f"line {line} of the part: {what}", name)
        if name not in PART.findall(answers):
            say("parts.yaml", "no answer uses this part; remove it", name)
    return used


def _check_follow_ups(knowledge: Knowledge, say: Say) -> None:
    owner: dict[str, str] = {}
    for entry_id, entry in knowledge.entries.items():
        for index, phrase in enumerate(entry.follow_ups):
            first = owner.setdefault(phrase.lower(), entry_id)
            if first != entry_id:
                what = f"the follow-up '{phrase}' is also under '{first}'; keep it in one"
                say(entry_id, what, "follow_ups", index)


def onward(knowledge: Knowledge) -> set[str]:
    """What `next` may name: questions, and flows as `flow:id`."""
    return {*knowledge.entries, *(f"{FLOW_NAMED}{flow}" for flow in knowledge.flows)}


def _check_phrasings(knowledge: Knowledge, say: Say) -> None:
    owner: dict[str, str] = {}
    items: dict[str, Entry | SmallTalk] = {**knowledge.entries, **knowledge.smalltalk}
    for item_id, item in items.items():
        for index, phrasing in enumerate(item.phrasings):
            plain = re.sub(r"\W+", " ", phrasing.lower()).strip() or phrasing
            first = owner.setdefault(plain, item_id)
            if first != item_id:
                say(
                    item_id,
                    f"the phrasing '{phrasing}' is also under '{first}'; keep it in one",
                    "phrasings",
                    index,
                )
            if len(phrasing) > LONGEST_PHRASING:
                say(item_id, f"the phrasing is over {LONGEST_PHRASING} characters", "phrasings", index)


def _check_career(knowledge: Knowledge, say: Say) -> None:
    career, name = knowledge.career, "career.yaml"
    for index, section in enumerate(career.menu):
        for entry in section.entries:
            _known(entry, knowledge.entries, "question", name, say, "menu", index, "entries")
    for entry in career.starters:
        _known(entry, knowledge.entries, "question", name, say, "starters")
    for command, told in career.commands.items():
        if not COMMAND.fullmatch(command):
            say(name, f"'/{command}' is no command name: lower-case letters, digits, _", "commands", command)
        if not 1 <= len(told) <= 256:
            say(name, "a command's description has 1 to 256 characters", "commands", command)
    for text, most in ((career.description, 512), (career.short_description, 120), (career.bot_name, 64)):
        if len(text) > most:
            say(name, f"'{text[:30]}...' has {len(text)} characters; Telegram takes {most}")
    _known(career.wages.source, knowledge.sources, "source", name, say, "wages", "source")
    _known(career.prices.source, knowledge.sources, "source", name, say, "prices", "source")
    for key in ("bare_place", "bare_amount", "bare_alternative"):
        _known(getattr(career, key), knowledge.entries, "question", name, say, key)


def _check_words(file: str, words: Mapping[str, str], wanted: frozenset[str], say: Say) -> None:
    for key in sorted(wanted - words.keys()):
        say(file, f"'{key}' is missing")
    for key in sorted(words.keys() - wanted):
        say(file, f"unknown key '{key}'{did_you_mean(key, wanted)}", key)


def _check_use(used: set[str], knowledge: Knowledge, say: Say) -> None:
    for fact_id, fact in knowledge.facts.items():
        if fact_id not in used and not fact.reserve:
            say(fact_id, "no answer uses this fact; use it, mark it 'reserve: true' or remove it")
        if fact_id in used and fact.reserve:
            say(fact_id, "is used by an answer now; remove 'reserve'", "reserve")
    career = knowledge.career
    cited = {source for fact in knowledge.facts.values() for source in fact.sources}
    for source in knowledge.sources.keys() - cited - {career.wages.source, career.prices.source}:
        say(source, "no fact names this source; remove it")


def _known(name: str, known: Iterable[str], kind: str, item: str, say: Say, *path: str | int) -> None:
    if name not in (known if isinstance(known, Mapping) else set(known)):
        say(item, f"unknown {kind} '{name}'{did_you_mean(name, known)}", *path)
