"""Why an address gave no page, as a trouble of the kind it deserves."""

from __future__ import annotations

from newscrawler.asking.answers import Answer
from newscrawler.checking.findings import Kind, Trouble
from newscrawler.outcome import Outcome, OutOfScope, PrivateAddress, RobotsDenied, Unreachable


def reason(answer: Answer, where: str) -> Trouble | None:
    """The trouble with an answer. None: there is a page."""
    if answer.is_page:
        return None
    if answer.blocked:
        return Trouble("blocked", where, answer.blocked)
    if answer.certificate:
        return Trouble("unreachable", where, answer.problem)
    assert answer.failed is not None
    return Trouble(_kind(answer.failed), where, _words(answer.failed))


def _kind(outcome: Outcome) -> Kind:
    match outcome:
        case OutOfScope():
            return "moved"
        case RobotsDenied():
            return "forbidden"
        case Unreachable() | PrivateAddress():
            return "unreachable"
        case _:
            return "broken source"


def _words(outcome: Outcome) -> str:
    match outcome:
        case OutOfScope():
            return (
                f"leads to {outcome.detail}, which is on none of the outlet's hosts: mend the address or add to `hosts`"
            )
        case RobotsDenied():
            return "robots.txt forbids it to us"
        case PrivateAddress():
            return f"{outcome.detail}, a private network: `private_network = true` only where that is meant"
        case Unreachable():
            return outcome.detail
        case _:
            return f"{outcome.name} {outcome.detail}".strip()
