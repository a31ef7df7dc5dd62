"""The kit of a collection as it is printed and heard, for whoever may have it."""

from flask import Response

from consult.collections.kit import service
from consult.collections.models import Collection
from consult.collections.views_printed import printed
from consult.errors import NotFound
from consult.web import context
from consult.web.files import downloads

ENDINGS = {"audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/mp4": "m4a", "audio/aac": "aac", "audio/wav": "wav"}


def sheets(collection: Collection, name: str = "") -> Response:
    """Clauses in plain words with questions, count sheet and minutes to fill in; `name` is of the branch. Raises
    NotFound before there is a kit."""
    found = service.of_collection(context.session(), collection)
    if found is None:
        raise NotFound
    matter = collection.consultation
    path = f"/lay-y-kien/{matter.slug}/" if matter is not None else "/"
    return printed(
        "kit/kit", collection, "bo-tai-lieu-hop", path, kit=found, clauses=service.read(found), branch_name=name
    )


def sound(collection: Collection) -> Response:
    """The sound for the loudspeaker, to be saved. Raises NotFound when nobody recorded one."""
    found = service.of_collection(context.session(), collection)
    if found is None or not found.sound_hash:
        raise NotFound
    ending = ENDINGS.get(found.sound_type, "bin")
    return downloads.kept(found.sound_hash, found.sound_type, f"phat-loa-{collection.number}.{ending}")
