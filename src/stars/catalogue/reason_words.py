"""Reasons for a recommendation in words."""

from django.utils.translation import gettext as _

from stars.catalogue.live import Snapshot
from stars.catalogue.names import Names
from stars.catalogue.recommendations import Reason, ReasonKind
from stars.catalogue.search.types import Facet
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind
from stars.common.typed import whole_number
from stars.schemes.recommending import why
from stars.ui.templatetags.ui import with_latvian

_LONGEST_TITLE = 60


def in_words(reason: Reason, names: Names, snapshot: Snapshot) -> str:
    """Why, as a sentence that begins with "Jo …"."""
    subject = reason.subject
    words = {
        ReasonKind.FIELD: lambda: (
            _("Because you chose the field “%(name)s”") % {"name": names.of(Facet.FIELD, subject) or subject}
        ),
        ReasonKind.MUNICIPALITY: lambda: (
            _("Because it is taught in your municipality: %(name)s") % {"name": names.place(subject)}
        ),
        ReasonKind.REGION: lambda: (
            _("Because it is taught in your region: %(name)s") % {"name": names.place(subject)}
        ),
        ReasonKind.REMOTE: lambda: _("Because it can be learnt remotely, from your home"),
        ReasonKind.SOURCE: lambda: why(subject),
        ReasonKind.EDUCATION: lambda: _("Because your education meets the requirement"),
        ReasonKind.LOW_INCOME: lambda: _("Because your household has no co-payment here"),
        ReasonKind.DIGITAL: lambda: _("Because you want digital skills, and the programme develops them"),
        ReasonKind.FAVOURITE: lambda: _favourite(subject, snapshot),
        ReasonKind.GAP: lambda: _gap(subject),
        ReasonKind.LEVEL: lambda: (
            _("Because it is of the level that your level test showed: level %(level)s") % {"level": subject}
        ),
        ReasonKind.NEXT: lambda: _next(subject, snapshot),
    }
    return words[reason.kind]()


def reason_of(code: str) -> Reason | None:
    """The reason with this code; None for a code that means nothing (any more)."""
    kind, _colon, subject = code.partition(":")
    return Reason(ReasonKind(kind), subject) if kind in set(ReasonKind) else None


def _favourite(programme_id: str, snapshot: Snapshot) -> str:
    title = _title(programme_id, snapshot)
    if not title:
        return _("Because it is like one of your favourites")
    return with_latvian(_("Because it is like “%(title)s”, which you keep"), {"title": title})


def _next(programme_id: str, snapshot: Snapshot) -> str:
    """A programme that is learned only once has often left the catalogue: then it goes without its name."""
    title = _title(programme_id, snapshot)
    if not title:
        return _("Because it goes a step further than what you have completed")
    said = _("Because it goes a step further than “%(title)s”, which you have completed")
    return with_latvian(said, {"title": title})


def _gap(competence: str) -> str:
    known = classifiers.by_code(f"{Kind.DIGCOMP_COMPETENCE.prefix}{competence}")
    if known is None:
        return _("Because your digital skills test showed room to grow here")
    return _("Because your digital skills test showed room to grow here: %(name)s") % {"name": known.name}


def _title(programme_id: str, snapshot: Snapshot) -> str:
    """The title of a programme of the catalogue, cut where it is long; "" when it is not there."""
    number = whole_number(programme_id)
    known = None if number is None else snapshot.index.programme(number)
    if known is None:
        return ""
    return known.title if len(known.title) <= _LONGEST_TITLE else f"{known.title[:_LONGEST_TITLE].rstrip()}…"
