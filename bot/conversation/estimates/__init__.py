"""The sums an advisor can do, by name. Arithmetic only: what the figures are about, content says.

`ESTIMATES[name]({"input": value, ...})` gives the outputs by name; `.inputs` and `.outputs` are the dataclasses that
declare them. The numbers C1 to C23 are names by which the docstrings speak of one another's sums.
"""

from collections.abc import Mapping

from bot.conversation.estimates.advice import advise
from bot.conversation.estimates.aid import workforce_grant
from bot.conversation.estimates.compare import compare_programs
from bot.conversation.estimates.cost import full_cost, investment, lost_pay, net_price, upkeep
from bot.conversation.estimates.fit import fit
from bot.conversation.estimates.gain import net_gain, pay_needed, payback, present_value
from bot.conversation.estimates.loan import loan
from bot.conversation.estimates.pay import (
    high_school_benchmark,
    job_density,
    pay_range,
    percentile,
    premium,
    same_pay_elsewhere,
)
from bot.conversation.estimates.routes import choose_route
from bot.conversation.estimates.shapes import Estimate, estimate
from bot.conversation.estimates.time import apprentice_mark, runway, time_to_ready

__all__ = ["ESTIMATES", "Estimate"]

ESTIMATES: Mapping[str, Estimate] = {
    "pay_range": estimate(pay_range),
    "percentile": estimate(percentile),
    "premium": estimate(premium),
    "full_cost": estimate(full_cost),
    "net_price": estimate(net_price),
    "loan": estimate(loan),
    "lost_pay": estimate(lost_pay),
    "investment": estimate(investment),
    "payback": estimate(payback),
    "net_gain": estimate(net_gain),
    "pay_needed": estimate(pay_needed),
    "present_value": estimate(present_value),
    "same_pay_elsewhere": estimate(same_pay_elsewhere),
    "high_school_benchmark": estimate(high_school_benchmark),
    "workforce_grant": estimate(workforce_grant),
    "time_to_ready": estimate(time_to_ready),
    "apprentice_mark": estimate(apprentice_mark),
    "runway": estimate(runway),
    "job_density": estimate(job_density),
    "fit": estimate(fit),
    "enroll": estimate(advise),
    "compare_programs": estimate(compare_programs),
    "upkeep": estimate(upkeep),
    "choose_route": estimate(choose_route),
}
