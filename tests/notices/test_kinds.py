"""Nothing is sent that is not declared, and what binds cannot be declined."""

import ast
from itertools import product

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import translation
from tests.architecture.sources import SOURCE, python_files, templates, tree

from stars.actors.actor import SYSTEM, NotPermitted
from stars.notices.enums import ALWAYS, Category
from stars.notices.kinds import UnknownKind, declare, declared, kind_of
from stars.notices.models import Delivery, NoticePreference
from stars.notices.operations import NotTheirs, choose, send
from stars.notices.types import Kind
from stars.people import operations as people
from stars.people.models import Person

LINK = {"link": "http://testserver/"}


def sent_kinds() -> set[str]:
    """The last names of the templates that code outside `notices` names."""
    return {
        node.value.rsplit("/", 1)[-1]
        for path in python_files(under=SOURCE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "/emails/" in node.value
    }


def test_every_message_of_the_code_is_declared() -> None:
    # What happens to an application is one template with many kinds; its own test goes through them.
    kinds = sent_kinds() - {"changed"}
    assert kinds >= {"confirm", "invitation", "expires"}
    assert kinds <= {kind.code for kind in declared()}


def test_every_template_of_a_message_belongs_to_a_declared_kind() -> None:
    names = {path.name.split(".")[0] for path in templates() if path.parent.name == "emails"}
    assert names - {"changed"} <= {kind.code for kind in declared()}


def test_every_kind_has_words_in_both_languages() -> None:
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = [str(kind.words) for kind in declared()]
    assert [pair for pair in zip(*said.values(), strict=True) if pair[0] == pair[1]] == []


def test_a_code_belongs_to_one_kind() -> None:
    known = kind_of("confirm")
    declare(known)
    with pytest.raises(ValueError, match="confirm"):
        declare(Kind("confirm", Category.REMINDER, "x"))
    assert kind_of("confirm") == known


@pytest.mark.django_db
class TestSending:
    """The registry stands between whoever speaks and the queue."""

    def test_what_is_not_declared_is_not_sent(self) -> None:
        with pytest.raises(UnknownKind, match="nobody-knows"), transaction.atomic():
            send("people/emails/confirm", LINK, to="a@klients.example", language="lv", kind="nobody-knows")
        assert Delivery.objects.count() == 0

    @pytest.mark.parametrize(("category", "declines"), list(product(Category, (True, False))))
    def test_only_what_may_be_declined_is(self, person: Person, category: Category, declines: bool) -> None:
        kind = next(kind for kind in declared() if kind.category == category)
        Delivery.objects.all().delete()
        # A row for a category that cannot be declined, as a careless import would leave it, has no effect.
        NoticePreference.objects.create(person_id=person.pk, category=category, by_email=not declines)
        delivery = send(
            "people/emails/confirm", LINK, to=person.email, language="lv", person_id=person.pk, kind=kind.code
        )
        assert (delivery is not None) == (category in ALWAYS or not declines)

    def test_once_is_once(self, person: Person) -> None:
        options = {"to": person.email, "language": "lv", "person_id": person.pk}
        first, second, other = (
            send("people/emails/confirm", LINK, once=name, **options) for name in ("a", "a", "b")
        )
        assert (first is None, second is None, other is None) == (False, True, False)

    def test_nobody_chooses_for_somebody_else(self, person: Person) -> None:
        with pytest.raises(NotTheirs):
            choose(SYSTEM_ID, [], by=people.actor_of(person))
        with pytest.raises(NotPermitted):
            choose(person.pk, [], by=SYSTEM)


SYSTEM_ID = "00000000-0000-0000-0000-000000000000"
