"""What the page of a course shows, for who corrects it, ticks the sheet or makes something public."""

from collections.abc import Sequence

from consult.programme import heads
from consult.programme.training import attendance, courses
from consult.shown import About, Kind, Shown, digest


def _course(about: About) -> Sequence[Shown]:
    programme = heads.found(about.session, about.values["slug"])
    found = courses.readable(about.session, programme, about.values["number"], about.actor)
    people = [[one.number, one.name, one.code is not None, one.names_public]
              for one in attendance.participants_for(found, about.actor)]  # fmt: skip
    said = [courses.told_course(found), found.test, found.most_points, bool(found.released_at), bool(found.results_at)]
    codes = [[one.number, one.key_number, bool(one.key_ended_at)] for one in found.sittings]
    points = [found.points_before, found.points_after]
    return [Shown(str(found.id), {"course": digest(said, people, points, codes)}, {"title": found.title})]


COURSE = Kind("course", _course)
