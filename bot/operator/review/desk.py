"""What an adviser decides about a cluster -> an edit of the content: tried first, kept only if sound, to be undone."""

from __future__ import annotations

import datetime as dt
import difflib
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.load_knowledge.library import Library
from bot.load_knowledge.problems import did_you_mean
from bot.load_knowledge.yaml_lines import read_yaml
from bot.operator.review.clusters import Cluster
from bot.operator.review.new_answer import entry_id, read_answer, stub
from bot.operator.review.records import Edit, Records, digest, read, write
from bot.operator.review.refusal import refusal
from bot.operator.review.yaml_text import CannotEdit, with_entry, with_items
from bot.operator.vetting import Verdict, Vet
from bot.store.masking import masked

NEW = "faq/new.yaml"
OFF_TOPIC_FILE = "smalltalk.yaml"
MOST_PHRASINGS = 5  # of a cluster that are taken over
LONGEST = 250  # characters of a phrasing
MASK = re.compile(r"\[(?:email|name|card|number|phone)\]")
LONG_NUMBER = re.compile(r"\d(?:[ ,./-]?\d){4,}")  # may be somebody's own: pay, a ZIP code, a day of birth


@dataclass(frozen=True, slots=True)
class Done:
    """What was decided: `number` is for undoing it, `version` that of the content it made ("" if it made none)."""

    number: int
    told: str
    diff: str = ""
    version: str = ""


def phrasings(cluster: Cluster) -> tuple[str, ...]:
    """The examples that may become part of the content: short, and with no number that may be a person's own."""
    usable = (
        text
        for text in cluster.texts
        if masked(text) == text and len(text) <= LONGEST and not MASK.search(text) and not LONG_NUMBER.search(text)
    )
    return tuple(usable)[:MOST_PHRASINGS]


class Desk:
    """Decisions about the content in `content`. `since` is always the last edit there was when clusters were listed."""

    def __init__(
        self,
        content: Path,
        records: Records,
        vet: Vet,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self.content, self.records = content, records
        self._vet, self._now = vet, now

    def last(self) -> int:
        """The number of the newest edit."""
        return max((edit.number for edit in self.records.edits()), default=0)

    def decided(self, key: str, since: int = 0) -> Edit | None:
        """The newest edit after `since` that a question was part of."""
        return next((e for e in reversed(self.records.edits()) if key in e.keys and e.number > since), None)

    def add(self, cluster: Cluster, intent: str, by: str, since: int) -> Done:
        """Teach that the cluster asks `intent`. Raises CannotEdit, as all that follow."""
        return self._add(
            cluster, self._file_of(intent), intent, f"{self._counted(cluster)} added to {intent}", by, since
        )

    def must_hold(self, intent: str) -> None:
        """Raises CannotEdit where there is no such question, before anybody waits."""
        self._file_of(intent)

    def not_ours(self, cluster: Cluster, by: str, since: int) -> Done:
        """Teach that the cluster is nothing we answer."""
        if not cluster.off_topic:
            raise CannotEdit(f"{OFF_TOPIC_FILE} has no entry for what is not ours.")
        told = f"{self._counted(cluster)} noted as not ours ({cluster.off_topic})"
        return self._add(cluster, OFF_TOPIC_FILE, cluster.off_topic, told, by, since)

    def answer(self, cluster: Cluster, text: str, by: str, since: int) -> Done:
        """A new entry from what the adviser wrote."""
        written = read_answer(text, phrasings(cluster))
        file = self._home(cluster)
        name = entry_id(written.title, self._taken())
        edit = self._edit(cluster, file, f"new answer {name}", by)
        return self._apply(edit, lambda before: with_entry(before, name, written.fields), since)

    def draft(self, cluster: Cluster, by: str, since: int) -> Done:
        """A new entry without an answer yet, which `check` reminds of and nobody is answered from."""
        written = stub(self._some(cluster))
        name = entry_id(written.title, self._taken())
        edit = self._edit(cluster, self._home(cluster), f"draft {name}", by)
        return self._apply(edit, lambda before: with_entry(before, name, {"draft": True, **written.fields}), since)

    def ignore(self, cluster: Cluster, by: str, since: int) -> Done:
        """Never list these questions again."""
        with self.records.held():
            self._only_once(cluster.key, since)
            edit = self._edit(cluster, "", f"{len(cluster.keys)} questions ignored for good", by)
            edit = replace(edit, number=self.records.next_number(), keys=cluster.keys)
            self.records.ignore(self.records.ignored() | set(cluster.keys))
            self.records.keep(edit)
        return Done(edit.number, edit.told)

    def undo(self, number: int = 0) -> Done:
        """Take an edit back, by default the last one."""
        with self.records.held():
            edit = next((e for e in reversed(self.records.edits()) if number in (0, e.number)), None)
            if edit is None:
                raise CannotEdit("There is nothing to take back." if not number else "That was taken back already.")
            diff, verdict = self._restore(edit) if edit.file else ("", Verdict(""))
            if not edit.file:
                self.records.ignore(self.records.ignored() - set(edit.keys))
            self.records.drop(edit)
        return Done(0, remarked(f"Taken back: {edit.told}", verdict), diff, verdict.version)

    def _restore(self, edit: Edit) -> tuple[str, Verdict]:
        path = self.content / edit.file
        now = read(path)
        if now is None or digest(now) != edit.after:
            raise CannotEdit(
                f"{edit.file} was changed since ({edit.told}), so it can't be taken back here. Edit it by hand."
            )
        verdict = self._tried(edit.file, edit.before)
        if edit.before is None:
            path.unlink()
        else:
            write_content(path, edit.before)
        return difference(edit.file, now, edit.before or ""), verdict

    def _add(self, cluster: Cluster, file: str, entry: str, told: str, by: str, since: int) -> Done:
        items = self._some(cluster)
        edit = self._edit(cluster, file, told, by)
        return self._apply(edit, lambda before: with_items(before, entry, "phrasings", items), since)

    def _edit(self, cluster: Cluster, file: str, told: str, by: str) -> Edit:
        at = self._now().isoformat(timespec="seconds")
        return Edit(0, f"{told}: “{cluster.texts[0]}”", cluster.keys, by, at, file)

    def _apply(self, edit: Edit, change: Callable[[str], str], since: int) -> Done:
        path = self.content / edit.file
        with self.records.held():
            self._only_once(edit.keys[0], since)
            before = read(path)
            after = change(before or "")
            verdict = self._tried(edit.file, after)
            if read(path) != before:
                raise CannotEdit(f"{edit.file} was changed by somebody else just now. Nothing was written; try again.")
            write_content(path, after)
            edit = replace(edit, number=self.records.next_number(), before=before, after=digest(after))
            self.records.keep(edit)
        told = remarked(edit.told, verdict)
        return Done(edit.number, told, difference(edit.file, before or "", after), verdict.version)

    def _only_once(self, key: str, since: int) -> None:
        done = self.decided(key, since)
        if done:
            raise CannotEdit(already(done))

    def _tried(self, file: str, text: str | None) -> Verdict:
        """What is to be said of the content with `file` so, after all checks on a copy. Raises CannotEdit."""
        with tempfile.TemporaryDirectory() as folder:
            copy = trial_copy(self.content, Path(folder))
            if text is None:
                (copy / file).unlink()
            else:
                write(copy / file, text)
            verdict = self._vet(copy)
        if verdict.problems:
            raise CannotEdit(refusal(verdict.problems).replace(folder + "/", ""))
        return verdict

    def _some(self, cluster: Cluster) -> tuple[str, ...]:
        some = phrasings(cluster)
        if not some:
            raise CannotEdit(
                "Every example holds a number that may be somebody's own; write a phrasing by hand instead."
            )
        return some

    def _counted(self, cluster: Cluster) -> str:
        some = len(phrasings(cluster))
        return f"{some} phrasing{'' if some == 1 else 's'}"

    def _home(self, cluster: Cluster) -> str:
        """Where two of the three nearest entries stand, or a file for what belongs nowhere yet."""
        files = Counter(self._file_of(near.intent) for near in cluster.nearest)
        file, times = files.most_common(1)[0] if files else (NEW, 0)
        return file if times >= 2 else NEW

    def _file_of(self, intent: str) -> str:
        names = {path: self._names(path) for path in sorted(self.content.glob("faq/*.yaml"))}
        for path, here in names.items():
            if intent in here:
                return f"faq/{path.name}"
        raise CannotEdit(f"There is no question '{intent}' in faq/{did_you_mean(intent, set().union(*names.values()))}")

    def _taken(self) -> set[str]:
        return {name for path in self.content.glob("**/*.yaml") for name in self._names(path)}

    @staticmethod
    def _names(path: Path) -> set[str]:
        found = read_yaml(path, path.name).data
        return set(found) if isinstance(found, dict) else set()


def trial_copy(content: Path, folder: Path) -> Path:
    """A copy of `content` somewhere in `folder`, from which `shared` of career.yaml leads where it always did."""
    here = content.resolve()
    copy = folder / here.relative_to(here.anchor)
    shutil.copytree(here, copy)
    shared = Library(here).shared
    if shared is None or not shared.is_relative_to(here):  # there is none, or its whole path is written
        return copy
    stand_in = Path(os.path.normpath(copy / shared.relative_to(here)))
    if not stand_in.exists():
        stand_in.parent.mkdir(parents=True, exist_ok=True)
        stand_in.symlink_to(shared.resolve(), target_is_directory=True)
    return copy


def write_content(path: Path, text: str) -> None:
    """Raises CannotEdit where the content may only be read, as a service of deploy/ may."""
    try:
        write(path, text)
    except OSError as error:
        why = f"{path} can't be written ({error.strerror})"
        raise CannotEdit(f"{why}. docs/review.md says how to let the bot write its content.") from None


def remarked(told: str, verdict: Verdict) -> str:
    """What was done, and which tests go another way since."""
    return "\n\n".join(filter(None, (told, verdict.remark())))


def already(edit: Edit) -> str:
    return f"That is done already, by {edit.by}: {edit.told}."


def difference(file: str, before: str, after: str) -> str:
    """A unified diff with two lines around each change."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), f"a/{file}", f"b/{file}", lineterm="", n=2)
    return "\n".join(lines)
