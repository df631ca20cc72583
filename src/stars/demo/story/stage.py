"""The stage of the demonstration's story: its people, its offices, its rounds, and a clock that can be told the day."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from stars.actors.actor import Actor
from stars.applications import operations as applications
from stars.applications.models import Application
from stars.applications.places import place_code
from stars.catalogue.models import Group, Programme, Round
from stars.catalogue.operations import rows
from stars.catalogue.types import GroupDraft, OfferDraft
from stars.common import clock
from stars.demo.crowd import Extra, extras
from stars.demo.rounds import Phase
from stars.enrolments import operations as enrolments
from stars.enrolments.models import Enrolment
from stars.people import operations as people
from stars.people.models import Person
from stars.people.types import ProfileAnswers, SignedIn
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES

_PLACE, _ADDRESS = "muni-0001000", "Skolas iela 5, Rīga"
_REGISTERED_BEFORE = 20


@dataclass(slots=True)
class Stage:
    """Everything that the acts of the story share. Days are counted from today; negative ones are past."""

    today: date
    officer: Actor
    second_officer: Actor
    institution: Actor
    rounds: Mapping[tuple[str, Phase], Round]
    _extras: Iterator[Extra]
    _numbers: int = 0

    @contextmanager
    def on(self, day: int, hour: int = 10) -> Iterator[None]:
        """Within the block it is that day."""
        at = datetime.combine(self.today + timedelta(days=day), time(hour, (self._numbers * 7) % 60))
        self._numbers += 1
        with clock.told(timezone.make_aware(at)):
            yield

    def group(
        self,
        programme: Programme,
        name: str,
        source: tuple[SchemeCode, Phase],
        *,
        starts: int,
        lasts: int,
        seats: int,
        least: int = 3,
        price_eur: int,
    ) -> Group:
        """A group of the programme that a round pays for, with no one in it yet."""
        scheme, phase = source
        parameters = SCHEMES[scheme].parameters
        percent = parameters.copayment_percent_for(programme.kind_id, low_income=False)
        starts_on = self.today + timedelta(days=starts)
        draft = GroupDraft(
            name=name,
            municipality=_PLACE,
            address=_ADDRESS,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=lasts),
            schedule="evenings",
            schedule_note="Otrdienās un ceturtdienās 18.00–21.00",
            seats_min=least,
            seats_max=seats,
            price_cents=price_eur * 100,
            offers=(
                OfferDraft(
                    round_id=self.rounds[scheme, phase].pk,
                    price_cents=price_eur * 100,
                    copayment_cents=price_eur * percent,
                ),
            ),
        )
        (made,) = rows.insert_groups([(programme.pk, draft)])
        made.programme = programme
        return made

    def newcomer(self, day: int) -> Person:
        """The next of the invented people, registered some time before the day."""
        who = next(self._extras)
        with self.on(day - _REGISTERED_BEFORE):
            person = people.sign_in(
                SignedIn(who.person_code, who.given_name, who.family_name, birth_date=who.birth_date)
            )
            by = people.actor_of(person)
            people.accept_texts(person, by=by)
            person.email, person.phone, person.email_confirmed_at = who.email, who.phone, clock.now()
            person.save(update_fields=["email", "phone", "email_confirmed_at"])
            people.save_profile(person, _profile(who), by=by)
            person.profile.occupation = who.occupation
            person.profile.save(update_fields=["occupation"])
        return person

    def draft(self, person: Person, group: Group, scheme: SchemeCode, day: int) -> Application:
        """Everything is filled in and not sent."""
        by = people.actor_of(person)
        with self.on(day, 9):
            application = applications.start(person, group.programme, scheme, by=by)
            for step, answers in _answers(person, group, scheme).items():
                applications.keep_step(application, step, MultiValueDict(answers), by=by)
        return application

    def apply(self, person: Person, group: Group, scheme: SchemeCode, day: int) -> Application:
        """Filled in and sent on the day."""
        application = self.draft(person, group, scheme, day)
        with self.on(day):
            return applications.submit(application, by=people.actor_of(person))

    def confirmed(self, group: Group, scheme: SchemeCode, day: int, *, after: int = 4) -> Application:
        """Somebody new who applied and was confirmed some days later."""
        application = self.apply(self.newcomer(day), group, scheme, day)
        with self.on(day + after, 14):
            return applications.confirm(application, by=self.officer)

    def admitted(self, group: Group, scheme: SchemeCode, day: int, *, after: int = 4) -> Application:
        """Somebody new who was admitted some days after being confirmed."""
        application = self.confirmed(group, scheme, day, after=after)
        with self.on(day + after + 3, 11):
            return applications.admit(application, group, by=self.institution)

    def enrolled(self, application: Application, day: int) -> Enrolment:
        """The contract is signed and the co-payment paid."""
        with self.on(day, 12):
            paid = application.copayment_cents or 0
            return enrolments.enrol(
                application,
                contract_number=f"ML-{clock.today().year}/{application.pk:04d}",
                contract_on=clock.today(),
                copayment_paid_cents=paid,
                copayment_paid_on=clock.today() if paid else None,
                by=self.institution,
            )


def open_stage(today: date, staff: Mapping[str, Actor], rounds: Mapping[tuple[str, Phase], Round]) -> Stage:
    """The stage before the first act; `staff` by the slugs that the simulator knows."""
    return Stage(
        today=today,
        officer=staff["agency-officer"],
        second_officer=staff["second-agency-officer"],
        institution=staff["institution-officer"],
        rounds=rounds,
        _extras=extras(),
    )


def _profile(who: Extra) -> ProfileAnswers:
    return ProfileAnswers(
        email=who.email,
        phone=who.phone,
        economic_status="econ-employee",
        education=who.education,
        low_income=who.low_income,
        registration_reasons=["reason-apply"],
        fields_of_interest=["field-uznemejdarbiba"],
        how_heard=["heard-friends"],
        municipality=who.municipality,
    )


def _answers(person: Person, group: Group, scheme: SchemeCode) -> dict[str, dict[str, list[str]]]:
    """What each field of the form is answered with; a step takes those that its source asks."""
    profile = person.profile
    everything = {
        "email": [person.email],
        "phone": [person.phone],
        "region": ["region-riga"],
        "place": [place_code(group)],
        "period": [str(group.pk)],
        "knows_contents": ["on"],
        "not_learned_before": ["on"],
        "choice_reasons": ["choice-do-job-better"],
        "economic_status": [profile.economic_status_id],
        "employed_adult": ["on"],
        "occupation": [profile.occupation or "Speciāliste"],
        "education": [profile.education_id],
        **({"low_income": ["on"]} if profile.low_income else {}),
    }
    return {
        step.key: {name: everything[name] for name in step.fields if name in everything}
        for step in SCHEMES[scheme].steps
    }
