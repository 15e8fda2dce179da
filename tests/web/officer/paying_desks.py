"""A body that pays, for the tests of its pages: granted cases with accounts, and somebody of each kind at a desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from doorleren.payments.models import PaymentLine, PaymentRun
from doorleren.people.models import RoleKind
from doorleren.people.national_number import new_keys
from doorleren.web import known
from tests.applications.made import a_round
from tests.decisions import made as decisions
from tests.payments.paying import Scene, a_scene
from tests.people import made as people
from tests.web.officer.desk import Desk, with_role

LIST = "/officer/payments"


class Till:
    """The scene of the tests of payments, with desks: `wim` and `ria` pay, `eva` audits, `fatima` assessed, `joost` decided."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.wim, self.ria = Desk(scene.staff["paymaster"]), Desk(scene.staff["other"])
        self.fatima, self.joost = Desk(scene.staff["assessor"]), Desk(scene.staff["decider"])
        self.eva = Desk(with_role(RoleKind.AUDITOR, "Eva", scene.body))
        self.stranger = Desk(with_role(RoleKind.PAYMASTER, "Cy", people.body("elders")))

    def propose(self, desk: Desk | None = None, **more: Any) -> PaymentRun:
        """Propose everything that can be paid, in two steps as a person does."""
        who = desk or self.wim
        page = who.send(f"{LIST}/propose", **more)
        assert who.status == 200
        assert "Dit gaat u voorstellen" in page.words
        seen = page.page.split('name="seen" value="')[1].split('"')[0]
        who.send(f"{LIST}/propose", seen=seen, confirmed="1", **more)
        assert who.status == 302
        return PaymentRun.objects.latest("pk")

    def released(self) -> tuple[PaymentRun, list[PaymentLine]]:
        """Propose and release everything."""
        run = self.propose()
        self.ria.send(f"{LIST}/{run.pk}/release")
        assert self.ria.status == 302
        return run, list(run.rows.order_by("number"))


@contextmanager
def a_till(settings: Any, folder: Path, number: int = 3) -> Iterator[Till]:
    """A site that knows the trial scheme, with its body and so many granted cases."""
    settings.DOORLEREN_SCHEMES, settings.DOORLEREN_HOME = (folder / "schemes",), folder
    settings.DOORLEREN_IDENTITY_KEYS, settings.DOORLEREN_OUTBOX = new_keys(), folder / "outbox"
    library = decisions.library(folder)
    known.library.cache_clear()
    yield Till(a_scene(library, a_round(library, opened=True), number))
    known.library.cache_clear()
