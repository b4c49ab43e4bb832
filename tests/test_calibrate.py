"""How likely ours a message has to be before its meaning is guessed at, found from phrasings that were held out."""

from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.calibration import Calibration
from bot.conversation.matching.matcher import Candidate, Match
from bot.operator.calibrate import ENOUGH, guard
from bot.operator.confusions import HeldOut

CURVE = Calibration()


def guessed(intent: str, ours: float, best: str = "exam_fee") -> HeldOut:
    """A phrasing of `intent` whose likeliest question is not quite sure, and which is ours by so much."""
    return HeldOut(intent, Match(("five", "words", "that", "ask", "something"), (), (Candidate(best, 0.5),), ours))


def off_topic(*ours: float) -> list[HeldOut]:
    """Enough lines that are not ours, of which these would be guessed at."""
    return [*(guessed("oos_random", chance) for chance in ours), *[guessed("oos_random", 0.5)] * (ENOUGH - len(ours))]


def test_where_nothing_foreign_is_guessed_at_every_guess_is_made(knowledge: Knowledge) -> None:
    ours = [guessed("exam_fee", ours) for ours in (0.86, 0.9, 0.96)]
    assert guard(ours, off_topic(), CURVE, knowledge) == 0.85


def test_many_foreign_messages_outweigh_some_right_guesses(knowledge: Knowledge) -> None:
    ours = [guessed("exam_fee", ours) for ours in (0.86, 0.9, 0.9, 0.96, 0.96, 0.96)]
    assert guard(ours, off_topic(*[0.93] * 100), CURVE, knowledge) == 0.94


def test_many_right_guesses_outweigh_a_rare_foreign_message(knowledge: Knowledge) -> None:
    ours = [guessed("exam_fee", ours) for ours in (0.86, 0.9, 0.96)]
    assert guard(ours, off_topic(0.86), CURVE, knowledge) == 0.85


def test_guesses_at_the_wrong_question_of_ours_help_nobody(knowledge: Knowledge) -> None:
    ours = [*(guessed("exam_fee", 0.86, best="program_cost") for _ in range(20)), guessed("exam_fee", 0.96)]
    assert guard(ours, off_topic(0.88), CURVE, knowledge) == 0.89


def test_few_off_topic_lines_say_nothing_about_rare_mistakes(knowledge: Knowledge) -> None:
    ours = [guessed("exam_fee", ours) for ours in (0.86, 0.9, 0.96)]
    assert guard(ours, off_topic(0.93)[: ENOUGH - 1], CURVE, knowledge) == CURVE.guard
