"""Publications of a programme and orders, made through the services."""

from datetime import timedelta
from typing import Any

from consult.files.signed_files import KeptFile
from consult.programme.head_models import Programme
from consult.programme.materials import library, orders
from consult.programme.materials.library import NewMaterial
from consult.programme.materials.models import Material, MaterialOrder
from consult.programme.materials.orders import NewOrder
from tests.programme.scene import Parties

FILE = KeptFile("0" * 64, "to-roi.pdf", "application/pdf", 1024)


class Library:
    """A public programme with its library."""

    def __init__(self, parties: Parties, file: KeptFile = FILE, programme: Programme | None = None) -> None:
        self.parties = parties
        self.session = parties.session
        self.file = file
        self.programme = programme or parties.programme()

    def new(self, **facts: Any) -> NewMaterial:
        """A good publication as typed."""
        whole: dict[str, Any] = {
            "title": "Tờ rơi phân loại rác", "topic": "waste", "form": "leaflet", "language": "vi",
            "made_by": "Sở Nông nghiệp và Môi trường", "licence": "attribution", "file": self.file,
        }  # fmt: skip
        return NewMaterial(**{**whole, **facts})

    def put_in(self, public: bool = True, **facts: Any) -> Material:
        """A publication, which another person made public."""
        parties = self.parties
        one = library.put_in(self.session, self.programme, self.new(**facts), parties.writer, parties.now)
        self.session.flush()
        if public:
            library.release(self.session, one, 1, parties.signer, parties.now)
            self.session.refresh(one)
        return one

    def ordered(self, material: Material | None = None, **facts: Any) -> MaterialOrder:
        """An order of the commune."""
        parties = self.parties
        whole: dict[str, Any] = {
            "body_id": parties.commune.id, "material_id": material.id if material else None,
            "copies": "200" if material else "", "specialist": material is None,
            "needed_on": parties.today + timedelta(days=5),
        }  # fmt: skip
        made = orders.order(
            self.session, self.programme, NewOrder(**{**whole, **facts}), parties.of_commune, parties.now
        )
        self.session.flush()
        return made
