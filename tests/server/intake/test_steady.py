"""The clock of the intake follows that of the machine, but not its jumps."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from doorleren.server.intake.steady import steady

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


@dataclass
class Machine:
    """A machine whose clock can be set."""

    passed: float = 0.0
    wrong: timedelta = timedelta()

    def now(self) -> datetime:
        """Give what its clock says."""
        return AT + timedelta(seconds=self.passed) + self.wrong

    def elapsed(self) -> float:
        """Give how long it runs."""
        return self.passed


def seconds(moment: datetime) -> float:
    """Give the seconds since the start."""
    return (moment - AT).total_seconds()


@pytest.mark.parametrize("jump", [timedelta(hours=-2), timedelta(days=1)], ids=["two hours back", "a day ahead"])
def test_a_jump_is_not_followed(jump: timedelta) -> None:
    """When the clock is set two hours back or a day ahead, moments go on evenly; once it is right again it is followed."""
    machine = Machine()
    clock = steady(machine.now, machine.elapsed)
    machine.passed, machine.wrong = 10, jump
    assert seconds(clock()) == 10
    machine.passed = 3600
    assert seconds(clock()) == 3600
    machine.passed, machine.wrong = 3610, timedelta(seconds=0.5)
    assert seconds(clock()) == 3610.5


def test_a_correction_is_followed() -> None:
    """A clock that is corrected by a little at a time is followed, however far in all, and never goes back."""
    machine = Machine()
    clock, before = steady(machine.now, machine.elapsed), AT
    for step in range(1, 100):
        machine.passed, machine.wrong = step * 10, timedelta(seconds=-step / 2)
        assert clock() >= before
        before = clock()
    assert seconds(before) == 990 - 49.5
