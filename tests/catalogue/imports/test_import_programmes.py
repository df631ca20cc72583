"""What an import writes: whole programmes, found again by institution and code."""

from datetime import date
from pathlib import Path

import pytest
from tests.catalogue.imports.conftest import row
from tests.factories import OrganisationFactory, RoundFactory
from tests.world import past_the_holders

from stars.actors.actor import ANONYMOUS, SYSTEM, NotPermitted
from stars.audit.models import AuditEvent
from stars.catalogue.imports.columns import columns
from stars.catalogue.models import Group, GroupOffer, Programme
from stars.catalogue.operations.imports import ProgrammesImported, import_programmes
from stars.common import clock
from stars.schemes.codes import SchemeCode

pytestmark = pytest.mark.usefixtures("institution")


def report(**counts):
    """Nothing happened but what is named."""
    nothing = dict.fromkeys(("added", "changed", "unchanged", "refused", "groups_added", "groups_changed"), 0)
    return ProgrammesImported(**nothing | {"faults": ()} | counts)


def faults(path, **options):
    """What is wrong with the file, as (row, column, message)."""
    done = import_programmes(path, by=SYSTEM, **options)
    return [(fault.row, fault.column, fault.message) for fault in done.faults]


def test_a_row_becomes_a_published_programme_with_group_and_offer(xlsx, institution):
    assert import_programmes(xlsx(row()), by=SYSTEM) == report(added=1, groups_added=1)
    programme = Programme.objects.get()
    assert (programme.institution, programme.code, programme.title) == (
        institution,
        "MET-01",
        "Metināšana kāpurlodēm",
    )
    assert (programme.kind_id, programme.field_id) == ("kind-pilnveide", "field-metalapstrade")
    assert (programme.hours, programme.study_form, programme.language) == (160, "onsite", "lv")
    assert programme.contents == "- Drošība\n- Šuves\n- Kontrole"
    assert programme.status == "published"
    group = programme.groups.get()
    assert (group.name, group.municipality_id, group.is_remote) == ("1. grupa", "muni-0026000", False)
    assert (group.starts_on, group.ends_on) == (date(2027, 1, 11), date(2027, 3, 26))
    assert (group.schedule, group.seats_max, group.seats_taken, group.status) == (
        "evenings",
        12,
        0,
        "published",
    )
    offer = group.offers.get()
    assert (offer.round.scheme, offer.round.name) == ("MN", "3. kārta")
    assert (offer.price_cents, offer.copayment_cents, offer.low_income_copayment_cents) == (64_000, 6_400, 0)


def test_without_the_word_a_new_programme_is_a_draft(xlsx):
    import_programmes(xlsx(row(Publicēt=None)), by=SYSTEM)
    assert Programme.objects.get().status == "draft"


def test_everything_that_a_programme_may_say(xlsx):
    RoundFactory(scheme="IMK", name="2. kārta")
    full = row(
        Kvalifikācija="Programmēšanas tehniķis",
        Kvalifikācijas_līmenis=4,
        Mācību_valoda="angļu",
        Mācību_rezultāti="Uzraksta programmu.",
        Atslēgvārdi="kods; Python, programmēšana",
        DigComp_jomas="1; 3",
        DigComp_kompetences="1.1; 3.4",
        DigComp_līmenis=5,
        Kontaktpersona="Zane Egle",
        Kontakttālrunis="+371 20000000",
        Kontakta_e_pasts=None,
        IMK_kārta="2. kārta",
        IMK_cena="1 250,50 €",
        MN_līdzmaksājums_maznodrošinātajiem="0",
    )
    full["Kontakta e-pasts"] = "kursi@iestade.example"
    del full["Kontakta e pasts"]
    import_programmes(xlsx(full), by=SYSTEM)
    programme = Programme.objects.get()
    assert (programme.qualification_id, programme.qualification_level) == ("qual-programmesanas-tehnikis", 4)
    assert (programme.language, programme.outcomes) == ("en", "- Uzraksta programmu.")
    assert programme.keywords == ["kods", "Python", "programmēšana"]
    assert programme.digcomp_areas == ["dcarea-1", "dcarea-3"]
    assert programme.digcomp_competences == ["dccomp-1-1", "dccomp-3-4"]
    assert (programme.digcomp_level, programme.contact_email) == (5, "kursi@iestade.example")
    offers = GroupOffer.objects.order_by("round__scheme").values_list("round__scheme", "price_cents")
    assert [*offers] == [("IMK", 125_050), ("MN", 64_000)]


def test_rows_of_one_programme_belong_together_wherever_they_stand(xlsx):
    other = row(Programmas_kods="MET-02", Programmas_nosaukums="Griešana")
    short = dict.fromkeys(row()) | {
        name: row()[name]
        for name in ("Iestādes reģistrācijas numurs", "Programmas kods", "Sākums", "Beigas", "Norises laiks")
    }
    second = short | {"Grupa": "2. grupa", "Īstenošanas vieta": "Attālināti", "Vietu skaits": 20}
    assert import_programmes(xlsx(row(), other, second), by=SYSTEM) == report(added=2, groups_added=3)
    groups = Group.objects.filter(programme__code="MET-01").order_by("name")
    assert [(group.name, group.is_remote, group.offers.count()) for group in groups] == [
        ("1. grupa", False, 1),
        ("2. grupa", True, 0),
    ]


def test_a_programme_without_a_group_is_taken(xlsx):
    names = list(row())
    assert import_programmes(xlsx({name: row()[name] for name in names[:13]}), by=SYSTEM) == report(added=1)
    assert Group.objects.count() == 0


def test_the_same_file_again_changes_nothing(xlsx):
    path = xlsx(row())
    import_programmes(path, by=SYSTEM)
    before = Programme.objects.values().get(), Group.objects.values().get(), GroupOffer.objects.values().get()
    assert import_programmes(path, by=SYSTEM) == report(unchanged=1)
    after = Programme.objects.values().get(), Group.objects.values().get(), GroupOffer.objects.values().get()
    assert after == before
    assert AuditEvent.objects.filter(kind="programme.changed").count() == 0


def test_a_corrected_file_corrects_what_it_names(xlsx):
    import_programmes(xlsx(row()), by=SYSTEM)
    with past_the_holders():
        Group.objects.update(seats_taken=5)
    corrected = row(Programmas_nosaukums="MIG/MAG metināšana", Vietu_skaits=14, MN_cena=650)
    added = row(Programmas_nosaukums="MIG/MAG metināšana", Grupa="2. grupa")
    assert import_programmes(xlsx(corrected, added), by=SYSTEM) == report(
        changed=1, groups_added=1, groups_changed=1
    )
    assert Programme.objects.get().title == "MIG/MAG metināšana"
    first = Group.objects.get(name="1. grupa")
    assert (first.seats_max, first.seats_taken, first.offers.get().price_cents) == (14, 5, 65_000)


def test_a_cancelled_group_and_a_withdrawn_programme_are_not_revived_by_silence(xlsx):
    import_programmes(xlsx(row()), by=SYSTEM)
    Group.objects.update(status="cancelled")
    Programme.objects.update(status="withdrawn")
    import_programmes(xlsx(row(Publicēt=None, Vietu_skaits=15)), by=SYSTEM)
    assert (Group.objects.get().status, Group.objects.get().seats_max) == ("cancelled", 15)
    assert Programme.objects.get().status == "withdrawn"


def test_the_same_code_at_another_institution_is_another_programme(xlsx):
    OrganisationFactory(registration_number="90000000999")
    other = row(Iestādes_reģistrācijas_numurs="90000000999")
    assert import_programmes(xlsx(row(), other), by=SYSTEM) == report(added=2, groups_added=2)


def test_a_dry_run_says_the_same_and_changes_nothing(xlsx):
    path = xlsx(row(), row(Programmas_kods="MET-02", Stundas=0))
    tried = import_programmes(path, by=SYSTEM, dry_run=True)
    assert (Programme.objects.count(), Group.objects.count(), AuditEvent.objects.count()) == (0, 0, 0)
    assert import_programmes(path, by=SYSTEM) == tried
    assert Programme.objects.count() == 1


def test_one_faulty_row_keeps_out_the_whole_programme_and_no_other(xlsx):
    bad_group = row(Grupa="2. grupa", Beigas=date(2026, 1, 1))
    path = xlsx(row(), bad_group, row(Programmas_kods="MET-02"))
    done = import_programmes(path, by=SYSTEM)
    assert (done.added, done.refused) == (1, 1)
    assert [(fault.row, fault.column) for fault in done.faults] == [(3, "Beigas")]
    assert Programme.objects.get().code == "MET-02"


def test_a_refused_correction_leaves_the_programme_as_it_was(xlsx):
    import_programmes(xlsx(row()), by=SYSTEM)
    with past_the_holders():
        Group.objects.update(seats_taken=12)
    done = faults(xlsx(row(Programmas_nosaukums="Cits", Vietu_skaits=10)))
    assert done == [(2, "", "A group has more learners than the file gives it seats.")]
    assert Programme.objects.get().title == "Metināšana kāpurlodēm"


def test_a_source_that_needs_a_level_is_told(xlsx):
    RoundFactory(scheme="VARAM", name="1. kārta")
    without = row(VARAM_kārta="1. kārta", VARAM_cena=0)
    assert faults(xlsx(without)) == [
        (2, "", "A programme offered under this source must name the level of basic digital skills.")
    ]
    assert faults(xlsx(without | {"Digitālo pamatprasmju līmenis": 2})) == []
    assert Programme.objects.get().varam_level == 2


@pytest.mark.parametrize(
    ("heading", "value", "message"),
    [
        ("Iestādes reģistrācijas numurs", "12345", "There must be 11 digits."),
        (
            "Iestādes reģistrācijas numurs",
            "90000000555",
            "“90000000555” is not among the values of this column.",
        ),
        ("Programmas kods", None, "The cell is empty."),
        ("Programmas nosaukums", "x" * 251, "The text is too long: 251 characters, at most 250."),
        ("Programmas veids", "Kursi", "“Kursi” is not among the values of this column."),
        ("Mācību nozare", "Biškopība", "“Biškopība” is not among the values of this column."),
        ("Stundas", "daudz", "There must be a number."),
        ("Stundas", 12.5, "There must be a whole number from 1 to 5000."),
        ("Stundas", "1e99", "There must be a number."),
        ("Stundas", "NaN", "There must be a number."),
        ("Stundas", True, "There must be text; set the cell's format to “Text”."),
        ("Mācību forma", "vakaros", "“vakaros” is not among the values of this column."),
        ("Īss apraksts", "x" * 10_001, "The text is too long: 10001 characters, at most 10000."),
        ("Īss apraksts", date(2027, 1, 1), "There must be text; set the cell's format to “Text”."),
        ("Kontakta e-pasts", "kursi(at)iestade", "This is no e-mail address."),
        ("DigComp jomas", "1; 9", "“9” is not among the values of this column."),
        ("DigComp līmenis", 9, "There must be a whole number from 1 to 8."),
        ("Publicēt", "varbūt", "“varbūt” is not among the values of this column."),
        (
            "Īstenošanas vieta",
            "Varakļānu novads",
            "“Varakļānu novads” is not among the values of this column.",
        ),
        ("Sākums", "31.02.2027.", "There must be a date, for example 21.11.2026."),
        ("Sākums", 46_000, "There must be a date, for example 21.11.2026."),
        ("Beigas", "2999-01-01", "The year must be between 2000 and 2100."),
        ("Beigas", "2027-01-10", "The end is before the beginning."),
        ("Norises laiks", "naktīs", "“naktīs” is not among the values of this column."),
        ("Vietu skaits", None, "The cell is empty."),
        ("Mazākais vietu skaits", 13, "The smallest number of seats is above the number of seats."),
        ("MN kārta", "9. kārta", "“9. kārta” is not among the values of this column."),
        ("MN kārta", None, "The cell is empty."),
        ("MN cena", None, "The cell is empty."),
        ("MN cena", "12,345", "There must be a sum in euros, for example 1250,00."),
        ("MN cena", -1, "There must be a sum in euros, for example 1250,00."),
        ("MN līdzmaksājums", 641, "The co-payment is above the price."),
        (
            "MN līdzmaksājums maznodrošinātajiem",
            65,
            "The co-payment of low-income learners is above the usual one.",
        ),
    ],
)
def test_a_bad_cell_is_named(xlsx, heading, value, message):
    assert faults(xlsx(row() | {heading: value})) == [(2, heading, message)]
    assert Programme.objects.count() == 0


def test_rows_that_contradict_each_other_are_told(xlsx):
    second = row(Grupa="2. grupa", Stundas=80)
    assert faults(xlsx(row(), second)) == [
        (3, "Stundas", "This is not what row 2 says of the same programme.")
    ]


def test_the_same_group_twice_is_told(xlsx):
    assert faults(xlsx(row(), row())) == [(3, "Grupa", "The programme has this group in an earlier row.")]


def test_all_faults_of_a_file_are_told_at_once_in_the_order_of_rows(xlsx):
    found = faults(
        xlsx(row(Stundas=0, Vietu_skaits=0), row(Programmas_kods=None), row(Grupa="2. grupa", MN_cena="?"))
    )
    assert [(number, column) for number, column, _ in found] == [
        (2, "Stundas"),
        (2, "Vietu skaits"),
        (3, "Programmas kods"),
        (4, "MN cena"),
    ]


def test_progress_is_heard(xlsx):
    heard = []
    path = xlsx(*(row(Programmas_kods=f"MET-{number}") for number in range(3)))
    import_programmes(path, by=SYSTEM, progress=lambda done, of: heard.append((done, of)))
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_only_who_manages_the_catalogue_imports(xlsx):
    with pytest.raises(NotPermitted):
        import_programmes(xlsx(row()), by=ANONYMOUS)


def test_the_instructions_name_every_column():
    """A line may name several columns, and the columns of the sources together."""
    page = (
        Path(__file__)
        .parents[3]
        .joinpath("docs", "how-to", "import-programmes.md")
        .read_text(encoding="utf-8")
    )
    every = columns(clock.today())
    own = [column.heading for column in (*every.programme, *every.group)]
    assert [heading for heading in own if heading not in page] == []
    assert {"IMK kārta", "IMK cena", "IMK līdzmaksājums", "IMK līdzmaksājums maznodrošinātajiem"} == {
        column.heading for column in every.offers[SchemeCode.IMK]
    }
