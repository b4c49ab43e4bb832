"""How likely ours a message has to be before its meaning is guessed at, found from phrasings that were held out."""

from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.calibration import Calibration
from bot.conversation.matching.matcher import Candidate, Match
from bot.operator.calibrate import guard
from bot.operator.confusions import HeldOut

CURVE = Calibration()


def guessed(intent: str, ours: float, best: str = "exam_fee") -> HeldOut:
    """A phrasing of `intent` whose likeliest question is not quite sure, and which is ours by so much."""
    return HeldOut(intent, Match(("five", "words", "that", "ask", "something"), (), (Candidate(best, 0.5),), ours))


def test_where_nothing_foreign_is_guessed_at_every_guess_is_made(knowledge: Knowledge) -> None:
    ours = [guessed("exam_fee", ours) for ours in (0.86, 0.9, 0.96)]
    assert guard(ours, [guessed("oos_random", 0.5)], CURVE, knowledge) == 0.85


def test_a_foreign_message_outweighs_some_right_guesses(knowledge: Knowledge) -> None:
    ours = [guessed("exam_fee", ours) for ours in (0.86, 0.9, 0.9, 0.96, 0.96, 0.96)]
    assert guard(ours, [guessed("oos_random", 0.93)], CURVE, knowledge) == 0.94


def test_many_right_guesses_outweigh_a_rare_foreign_message(knowledge: Knowledge) -> None:
    ours = [guessed("exam_fee", ours) for ours in (0.86, 0.9, 0.96)]
    foreign = [guessed("oos_random", 0.86), *(guessed("oos_random", 0.5) for _ in range(99))]
    assert guard(ours, foreign, CURVE, knowledge) == 0.85


def test_guesses_at_the_wrong_question_of_ours_help_nobody(knowledge: Knowledge) -> None:
    ours = [*(guessed("exam_fee", 0.86, best="program_cost") for _ in range(20)), guessed("exam_fee", 0.96)]
    foreign = [guessed("oos_random", 0.88), *(guessed("oos_random", 0.5) for _ in range(999))]
    assert guard(ours, foreign, CURVE, knowledge) == 0.89
