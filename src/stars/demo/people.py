"""People of the demonstration who are registered: they sign in, accept the texts and fill in their profile."""

from dataclasses import dataclass
from datetime import date

from stars.common import clock
from stars.demo.crowd import extras
from stars.demo.many.residents import residents
from stars.integrations.identity.simulator.people import SimulatedPerson, simulated_people
from stars.people import operations
from stars.people.models import Person
from stars.people.types import ProfileAnswers, SignedIn


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    """What somebody says of themselves, without the beginnings of the codes."""

    email: str
    phone: str
    status: str
    education: str
    reasons: tuple[str, ...]
    fields: tuple[str, ...]
    heard: tuple[str, ...]
    municipality: str | None = None
    low_income: bool = False


# `new-citizen` is left out: nobody has seen her before.
_REGISTERED = {
    "citizen": _Answers(
        email="anna.kalnina@klients.example",
        phone="+37120001001",
        status="employee",
        education="08",
        reasons=("find-learning", "apply"),
        fields=("uznemejdarbiba", "digitalas"),
        heard=("employer", "social-media"),
        municipality="0001000",
    ),
    "imk-citizen": _Answers(
        email="janis.ozolins@klients.example",
        phone="+37120001002",
        status="self-employed",
        education="06",
        reasons=("apply", "funding"),
        fields=("ikt", "digitalas"),
        heard=("press",),
        municipality="0054000",
    ),
    "unemployed-citizen": _Answers(
        email="martins.berzins@klients.example",
        phone="+37120001003",
        status="unemployed",
        education="05",
        reasons=("find-learning", "career-advice"),
        fields=("metalapstrade", "buvnieciba", "transports"),
        heard=("nva",),
        municipality="0002000",
    ),
    "low-income-citizen": _Answers(
        email="inese.liepina@klients.example",
        phone="+37120001004",
        status="employee",
        education="04",
        reasons=("find-learning", "funding"),
        fields=("veseliba", "partika"),
        heard=("municipality", "friends"),
        municipality="0037000",
        low_income=True,
    ),
    "varam-citizen": _Answers(
        email="valdis.krastins@klients.example",
        phone="+37120001009",
        status="pensioner",
        education="05",
        reasons=("find-learning", "assess-skills"),
        fields=("digitalas",),
        heard=("municipality",),
        municipality="0001000",
    ),
    "correcting-citizen": _Answers(
        email="dagnija.kirse@klients.example",
        phone="+37120001013",
        status="employee",
        education="06",
        reasons=("apply",),
        fields=("uznemejdarbiba",),
        heard=("employer",),
        municipality="0001000",
    ),
    "graduate": _Answers(
        email="zane.luse@klients.example",
        phone="+37120001010",
        status="employee",
        education="08",
        reasons=("apply", "funding"),
        fields=("digitalas",),
        heard=("social-media",),
        municipality="0001000",
    ),
    "expelled-citizen": _Answers(
        email="normunds.saulitis@klients.example",
        phone="+37120001011",
        status="employee",
        education="06",
        reasons=("apply",),
        fields=("buvnieciba", "uznemejdarbiba"),
        heard=("employer",),
        municipality="0002000",
    ),
    "tested-citizen": _Answers(
        email="evija.dumina@klients.example",
        phone="+37120001012",
        status="employee",
        education="09",
        reasons=("assess-skills", "find-learning"),
        fields=("izglitiba",),
        heard=("internet",),
        municipality="0054000",
    ),
    "minor": _Answers(
        email="emils.klavins@klients.example",
        phone="+37120001005",
        status="student",
        education="02",
        reasons=("find-learning",),
        fields=("ikt",),
        heard=("institution",),
        municipality="0028000",
    ),
    "eidas-citizen": _Answers(
        email="katarzyna.wisniewska@klients.example",
        phone="+48500000001",
        status="employee",
        education="09",
        reasons=("apply", "assess-skills"),
        fields=("turisms", "maksla"),
        heard=("internet",),
    ),
    "new-code-citizen": _Answers(
        email="sandra.vitola@klients.example",
        phone="+37120001007",
        status="entrepreneur",
        education="10",
        reasons=("follow-offer", "career-advice"),
        fields=("izglitiba", "uznemejdarbiba"),
        heard=("viaa",),
        municipality="0023000",
    ),
    "two-hats": _Answers(
        email="rihards.eglitis@klients.example",
        phone="+37120001008",
        status="employee",
        education="09",
        reasons=("find-learning", "apply"),
        fields=("izglitiba", "digitalas"),
        heard=("employer",),
        municipality="0001000",
    ),
}
_YEARS_OF_MINORS = 30


def known_codes(today: date) -> set[str]:
    """Personal codes of everybody invented here, and those that the simulator gives or gave to its people (the minor's
    changes every year)."""
    days = [today.replace(year=today.year - past, day=1) for past in range(_YEARS_OF_MINORS)]
    codes = {person.person_code for day in days for person in simulated_people(day)}
    return codes | {who.person_code for who in extras()} | {who.person_code for who in residents()}


def register_people() -> dict[str, Person]:
    """Everybody who is registered, by the slug that the simulator knows them by."""
    people = {person.slug: person for person in simulated_people(clock.today())}
    return {slug: _register(people[slug], answers) for slug, answers in _REGISTERED.items()}


def arrive(who: SimulatedPerson) -> Person:
    """Sign in for the first time and accept the texts."""
    person = operations.sign_in(
        SignedIn(
            person_code=who.person_code,
            given_name=who.given_name,
            family_name=who.family_name,
            birth_date=who.birth_date,
            is_technical=who.slug == "eidas-citizen",
        )
    )
    operations.accept_texts(person, by=operations.actor_of(person))
    return person


def _register(who: SimulatedPerson, answers: _Answers) -> Person:
    person = arrive(who)
    by = operations.actor_of(person)
    # The address counts as confirmed already, so nobody is written to.
    person.email, person.phone, person.email_confirmed_at = answers.email, answers.phone, clock.now()
    person.save(update_fields=["email", "phone", "email_confirmed_at"])
    operations.save_profile(person, _profile(answers), by=by)
    return person


def _profile(answers: _Answers) -> ProfileAnswers:
    return ProfileAnswers(
        email=answers.email,
        phone=answers.phone,
        economic_status=f"econ-{answers.status}",
        education=f"edu-{answers.education}",
        low_income=answers.low_income,
        registration_reasons=[f"reason-{slug}" for slug in answers.reasons],
        fields_of_interest=[f"field-{slug}" for slug in answers.fields],
        how_heard=[f"heard-{slug}" for slug in answers.heard],
        municipality=answers.municipality and f"muni-{answers.municipality}",
    )
