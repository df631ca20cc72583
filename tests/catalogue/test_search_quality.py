"""What people type, and the programme that must be among the first five of the demonstration's catalogue."""

import time

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from stars.catalogue import live
from stars.catalogue.search.engine import CatalogueIndex
from stars.catalogue.search.types import CatalogueQuery
from stars.common.folding import fold
from stars.demo import operations as demo

# Or a run of this file alone would be given no database.
pytestmark = pytest.mark.django_db
FIRST = 5
# (what is typed, the beginning of the title that must be found), by what the search has to understand.
ENDINGS = [
    ("metināšanas", "MIG/MAG metināšana"),
    ("metināšanu", "MIG/MAG metināšana"),
    ("grāmatvedību", "Grāmatvedības pamati"),
    ("siltumsūkni", "Siltumsūkņu uzstādīšana"),
    ("siltumsūkņiem", "Siltumsūkņu uzstādīšana"),
    ("biškopība", "Bišu dravas gads"),
    ("programmēšanas", "Programmēšana"),
    ("datu bāzes", "Relāciju datubāzes"),
    ("vizāžas", "Vizāža"),
    ("masāžu", "Klasiskā masāža"),
    ("flīzēšanas", "Sienu un grīdu flīzēšana"),
    ("mūrnieka", "Mūrnieks"),
    ("jumiķim", "Jumiķis"),
    ("kaligrāfiju", "Kaligrāfija"),
    ("keramikas", "Keramika"),
    ("nodokļiem", "Pašnodarbinātā nodokļi"),
    ("ekskavatoru", "Ekskavatora vadīšana"),
    ("tahogrāfs", "Tahogrāfa dati"),
]
NO_DIACRITICS = [
    ("gramatvedibas pamati", "Grāmatvedības pamati"),
    ("siltumsuknu apkope", "Siltumsūkņu uzstādīšana"),
    ("flizesana", "Sienu un grīdu flīzēšana"),
    ("mebelu konstruesana", "Mēbeļu konstruēšana"),
    ("darba aizsardziba buvlaukuma", "Darba aizsardzības koordinēšana"),
    ("zobarsta asistents", "Zobārsta asistents"),
    ("pirma palidziba", "Pirmā palīdzība"),
    ("vesu uznemsana", "Viesu uzņemšana"),
    ("augu audzesana siltumnica", "Tomātu un gurķu audzēšana"),
    ("skanas ieraksts", "Skaņas ieraksts"),
    ("sociala darba ar gimeni", "Sociālais darbs ar ģimeni"),
    ("majaslapas izveide", "Mājaslapas izveide"),
]
TYPING_ERRORS = [
    ("metinašna", "MIG/MAG metināšana"),
    ("grāmatvedba", "Grāmatvedības pamati"),
    ("progrmmēšana", "Programmēšana"),
    ("fotogrāfjia", "Fotogrāf"),
    ("kalniecība galdnieks", "Galdnieks"),
    ("elektromontiersi", "Elektromontieris"),
    ("photoshp", "Fotogrāfiju apstrāde Lightroom"),
    ("frizeiris", "Frizieris"),
    ("wordpres", "Mājaslapas izveide"),
    ("kubernets", "Konteineri praksē"),
]
PREFIXES = [
    ("siltums", "Siltumsūkņu uzstādīšana"),
    ("kalig", "Kaligrāfija"),
    ("rotkal", "Rotkalšana"),
    ("elektroau", "Elektroauto"),
    ("barist", "Barista"),
    ("hromatog", "Šķidruma hromatogrāfija"),
]
SYNONYMS = [
    ("buhalteris", "Grāmatved"),
    ("ekselis", "Excel"),
    ("kompis iesācējiem", "Dators no pirmā pieskāriena"),
    ("šoferis", "Kravas automobiļ"),
    ("MI rīki", "Mākslīgā intelekta rīki"),
    ("ChatGPT", "Mākslīgā intelekta rīki"),
    ("matu griešana", "Vīriešu matu griezumi"),
    ("e-paraksts", "Elektroniskais paraksts"),
    ("datorprasmes senioriem", "Datorpratība senioriem"),
    ("saules paneļi", "Saules elektrostacija"),
    ("mašīnu remonts", "Automehāniķis"),
    ("aukle", "Auklis"),
    ("datorgrafika", "Plakāti, bukleti un ieraksti Canva"),
    ("MS Excel", "Excel pamati"),
    ("weblapa", "Mājaslapas izveide"),
    ("video rediģēšana", "Video montāža"),
    ("autoskola", "Kravas automobiļa vadītāja"),
    ("kūku dekorēšana", "Konditors"),
    ("ziedu kārtošana", "Florists"),
    ("šefpavārs", "Pavāra palīgs"),
    ("menedžments", "Pirmais gads vadītāja amatā"),
    ("ģeodēzija", "Ģeodēziskie mērījumi"),
    ("viesu nams", "Lauku tūrisma mītnes"),
    ("gramatvediba iesacejiem", "Grāmatvedības pamati"),
]
PHRASES = [
    ("„projektu vadība”", "Projektu vadība"),
    ('"power bi"', "Vadības pārskatu veidošana ar Power BI"),
    ("angļu valoda darbam", "Angļu valoda B2"),
    ("interneta veikala izveide", "Interneta veikala izveide"),
    ("CNC virpošana", "CNC virpošana"),
    ("personas datu aizsardzība", "Personas datu aizsardzība"),
    ("muitas procedūras", "Muitas procedūras"),
    ("linux serveru administrēšana", "Linux serveru administrēšana"),
    ("maizes cepšana ar ieraugu", "Rudzu un kviešu maizes cepšana"),
    ("kravas auto vadītāja 95 kods", "Kravas automobiļu vadītāju periodiskā apmācība"),
    ("3D modelēšana", "3D modelēšana"),
    ("MIG/MAG", "MIG/MAG metināšana"),
]
QUERIES = [*ENDINGS, *NO_DIACRITICS, *TYPING_ERRORS, *PREFIXES, *SYNONYMS, *PHRASES]


@pytest.fixture(scope="module")
def index(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> CatalogueIndex:
    """The demonstration's catalogue in memory; the database is left as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo.make_anew()
        live.reset()
        found = live.current()
        transaction.set_rollback(True)
    live.reset()
    return found


def titles(index: CatalogueIndex, typed: str) -> list[str]:
    """Titles of the first results, each once: the same course of several institutions counts as one."""
    result = index.search(CatalogueQuery(now=time.time(), q=typed, page_size=40))
    return list(dict.fromkeys(hit.programme.title for hit in result.hits))[:FIRST]


def test_there_are_at_least_sixty_queries() -> None:
    assert len(dict(QUERIES)) >= 60


@pytest.mark.parametrize(("typed", "title"), QUERIES, ids=[typed for typed, _ in QUERIES])
def test_programme_is_among_the_first_five(index: CatalogueIndex, typed: str, title: str) -> None:
    assert [found for found in titles(index, typed) if found.startswith(title)], titles(index, typed)


@pytest.mark.parametrize("typed", ["metināšana", "metinasana", "galdnieks", "frizieris", "mūrnieks", "Excel"])
def test_word_of_the_title_stands_first(index: CatalogueIndex, typed: str) -> None:
    first = titles(index, typed)[0]

    assert fold(typed)[:6] in fold(first)


@pytest.mark.parametrize("typed", ["kvantu teleportācija", "zzzzqqqq", "лодка"])
def test_nonsense_finds_nothing_or_suggests(index: CatalogueIndex, typed: str) -> None:
    result = index.search(CatalogueQuery(now=time.time(), q=typed))

    assert result.total == 0 or result.relaxed
