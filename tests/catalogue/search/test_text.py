"""What a typed query finds, and in which order."""

import pytest
from tests.catalogue.search.samples import ask, found, group, programme, shown, titled

from stars.catalogue.search.engine import CatalogueIndex
from stars.catalogue.search.types import ProgrammeDocument

TITLES = (
    "MIG/MAG metināšana kāpurlodēm",  # 1
    "Siltumsūkņu uzstādīšana un apkope",  # 2
    "Grāmatvedības pamati mazam uzņēmumam",  # 3
    "Python darba uzdevumu automatizēšanai",  # 4
    "Programmēšana valodā C++",  # 5
    "Programmēšana valodā C#",  # 6
    ".NET lietotņu izstrāde",  # 7
    "Datora lietošana iesācējiem",  # 8
    "Elektriķis",  # 9
    "E-paraksts un e-adrese ikdienā",  # 10
    "Automehāniķis",  # 11
    "Pārtikas higiēna un HACCP",  # 12
    "3D modelēšana ēku projektēšanā",  # 13
    "Angļu valoda viesmīlībā",  # 14
    "Konditora darbs: tortes un kūkas",  # 15
    "Mākslīgais intelekts birojā",  # 16
)
SYNONYMS = (("MI", "AI", "mākslīgais intelekts"), ("auto", "automašīna", "automehāniķis"), ("PC", "dators"))


@pytest.fixture(scope="module")
def index() -> CatalogueIndex:
    """Sixteen titles and three groups of synonyms."""
    return titled(*TITLES, synonyms=SYNONYMS)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("metināšana", [1]),
        ("METINĀŠANU", [1]),
        ("metinasana", [1]),
        ("metinātājs", [1]),
        ("mig mag", [1]),
        ("MIG/MAG", [1]),
        ("siltumsūknis", [2]),
        ("siltumsuknu apkope", [2]),
        ("gramatvezi", [3]),
        ("grāmatvedis", [3]),
        ("C++", [5]),
        ("c#", [6]),
        (".net", [7]),
        ("datora lietošanas kursi", [8]),
        ("kursi par datora lietošanu", [8]),
        ("elektriķa apmācība", [9]),
        ("eparaksts", [10]),
        ("e paraksts", [10]),
        ("e-paraksta", [10]),
        ("auto mehāniķis", [11]),
        ("3d", [13]),
        ("ēka", [13]),
        ("toršu", [15]),
        ("torsu", [15]),
    ],
)
def test_any_form_of_a_word_finds_it(index: CatalogueIndex, query: str, expected: list[int]) -> None:
    assert found(index, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("metinā", [1]),
        ("silt", [2]),
        ("pyth", [4]),
        ("higi", [12]),
        ("angļu v", [14]),
        ("e-ad", [10]),
        ("haccp h", [12]),
    ],
)
def test_the_last_word_may_be_a_beginning(index: CatalogueIndex, query: str, expected: list[int]) -> None:
    assert found(index, query) == expected


def test_other_words_and_finished_words_are_no_beginnings(index: CatalogueIndex) -> None:
    assert found(index, "pyth darba") == [4, 15]  # only "darba" is found, so both are shown
    assert ask(index, "pyth darba").relaxed
    assert found(index, "higi ") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("metināsnana", [1]),  # superfluous
        ("metiāšana", [1]),  # missing
        ("mezināšana", [1]),  # wrong
        ("meitnāšana", [1]),  # swapped
        ("pitons", []),  # two errors
        ("pythno", [4]),
        ("elektirkim", [9]),  # in an ending that the catalogue does not have
        ("grmatvedība", [3]),
        ("haccb", [12]),
        ("3f", []),  # no letters, no guess
    ],
)
def test_one_typing_error_is_forgiven(index: CatalogueIndex, query: str, expected: list[int]) -> None:
    assert found(index, query) == expected


def test_a_known_word_is_not_taken_for_a_misspelt_other() -> None:
    assert found(titled("Mala", "Kala"), "mala") == [1]


@pytest.mark.parametrize(
    ("title", "query", "expected"),
    [
        ("Loga mazgāšana", "joga", []),
        ("Logi un durvis", "joga", []),
        ("Joga iesācējiem", "joqa", [1]),
        ("Joga iesācējiem", "ojga", [1]),
        ("Teksts ar Word", "vord", [1]),
        ("Kodols", "godols", [1]),  # of longer words the first letter may be wrong
    ],
)
def test_a_short_word_that_begins_otherwise_is_another_word(
    title: str, query: str, expected: list[int]
) -> None:
    index = titled(title)
    assert found(index, query) == expected
    if not expected:
        assert ask(index, query).suggestion is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("MI", [16]),
        ("ai rīki birojā", [16]),
        ("automašīnas", [11]),
        ("PC", [8]),
        ("pc lietošana", [8]),
        ("mākslīgā intelekta", [16]),
    ],
)
def test_synonyms_find_each_other_in_any_form(index: CatalogueIndex, query: str, expected: list[int]) -> None:
    assert found(index, query)[:1] == expected


def test_a_synonym_of_several_words_must_stand_together() -> None:
    index = titled("Mākslīgais intelekts", "Mākslīgais apgaismojums un intelekts", synonyms=SYNONYMS)
    assert found(index, "MI") == [1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("„saules paneļi”", [1]),
        ('"saules paneļu"', [1]),
        ("“paneļi saulē”", [2]),
        ("«saules paneļi» montāža", [1]),
        ("„paneļi saules”", [2]),
        ("„montāža paneļi”", []),
        ("„saules", [1, 2]),
        ("„saules paneļi” nezināms", [1]),
    ],
)
def test_a_phrase_in_quotes_must_stand_in_order(query: str, expected: list[int]) -> None:
    index = titled("Saules paneļu montāža", "Paneļi, saules montāža")
    assert sorted(found(index, query)) == expected


def test_a_phrase_does_not_run_from_one_text_into_the_next() -> None:
    index = CatalogueIndex.build([programme(1, "Saules", summary="Paneļi")])
    assert (found(index, "saules paneļi"), found(index, "„saules paneļi”")) == ([1], [])


def test_all_words_are_wanted_and_some_are_better_than_none() -> None:
    index = titled("Koka mēbeles", "Koka logi", "Metāla mēbeles")
    both = ask(index, "koka mēbeles")
    some = ask(index, "koka durvis")
    assert ([hit.programme.id for hit in both.hits], both.relaxed) == ([1], False)
    assert ([hit.programme.id for hit in some.hits], some.relaxed) == ([2, 1], True)


def test_the_exact_form_stands_first() -> None:
    assert found(titled("Sūnas", "Suns", "Suņi"), "suns")[0] == 2
    assert found(titled("Sūnas", "Suns", "Suņi"), "sūnas")[0] == 1
    assert found(titled("Metinātājs", "Metināšanas", "Metināšana"), "metināšana") == [3, 2, 1]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"title": "Excel"}, {"keywords": ("Excel",)}),
        ({"keywords": ("Excel",)}, {"institution_name": "Excel skola"}),
        ({"qualification_names": ("Excel lietotājs",)}, {"institution_name": "Excel skola"}),
        ({"institution_name": "Excel skola"}, {"summary": "Excel", "contents": "Excel Excel"}),
        ({"title": "Excel"}, {"contents": "Excel " * 30}),
        ({"title": "Excel"}, {"title": "Excel un vēl daudz kas cits birojā un mājās"}),
        ({"summary": "Excel"}, {"summary": "Excel " + "un daudz kas cits " * 50}),
    ],
)
def test_where_a_word_stands_decides(better: dict[str, str], worse: dict[str, str]) -> None:
    others = [programme(number, f"Cits {number}") for number in range(3, 9)]
    documents = [
        programme(1, **({"title": "Kas"} | worse)),
        programme(2, **({"title": "Kas"} | better)),
        *others,
    ]
    assert found(CatalogueIndex.build(documents), "excel") == [2, 1]


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    index = titled(*["Koka darbi"] * 9, "Metāla darbi", "Koka lietas")
    assert found(index, "koka metāla", page_size=1) == [10]


def test_places_fields_and_kinds_are_found() -> None:
    document = programme(
        1,
        field_name="Kokrūpniecība",
        kind_name="Moduļu kopa",
        groups=(group(1, "0026000", place_name="Cēsu novads"),),
    )
    index = CatalogueIndex.build([document, programme(2)])
    assert [found(index, query) for query in ("cēsis", "kokrupnieciba", "moduļu kopas")] == [[1], [1], [1]]


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("pitons", "python"),
        ("gramatvediba pamti iesacejeim", None),  # each word can be mended, but no programme has them all
        ("programešana velodā", None),  # mended without asking
        ("eltriķi", "elektriķis"),
        ("anglu vallloda", "angļu valoda"),
        ("Datora liettosanna!", "Datora lietošana!"),
        ("qqqqqqqq", None),
        ("metināšana", None),
    ],
)
def test_did_you_mean(index: CatalogueIndex, query: str, suggestion: str | None) -> None:
    assert ask(index, query).suggestion == suggestion


def test_a_suggestion_finds_something(index: CatalogueIndex) -> None:
    suggestion = ask(index, "siltuumsukkni abkope").suggestion
    assert suggestion == "siltumsūkņu apkope"
    assert found(index, suggestion) == [2]


def test_completions_are_words_then_titles(index: CatalogueIndex) -> None:
    assert [text for text, _ in index.complete("meti")] == ["metināšana", "MIG/MAG metināšana kāpurlodēm"]
    assert [text for text, _ in index.complete("angļu v")][:2] == ["angļu viesmīlībā", "angļu valoda"]
    assert index.complete("Pyt")[0] == ("python", None)
    assert index.complete("Pyt")[1] == ("Python darba uzdevumu automatizēšanai", 4)
    assert [index.complete(typed) for typed in ("", "  ", "zzzz", "„Pyt”")] == [(), (), (), ()]
    assert len(index.complete("pr", limit=1)) == 1


def test_words_are_marked_where_they_were_found_by_any_way(index: CatalogueIndex) -> None:
    def title(query: str) -> str:
        return shown(ask(index, query).hits[0].title)

    assert title("siltumsuknis") == "[Siltumsūkņu] uzstādīšana un apkope"
    assert title("silt") == "[Siltumsūkņu] uzstādīšana un apkope"
    assert title("siltumsuknnis") == "[Siltumsūkņu] uzstādīšana un apkope"
    assert title("metinātājs") == "MIG/MAG [metināšana] kāpurlodēm"
    assert title("MI") == "[Mākslīgais] [intelekts] birojā"
    assert title("paraksts") == "E-[paraksts] un e-adrese ikdienā"
    assert title("e-paraksts") == "[E-paraksts] un e-adrese ikdienā"
    assert title("c++") == "Programmēšana valodā [C++]"
    assert title("„valodā c#”") == "Programmēšana [valodā] [C#]"


def test_a_document_may_say_hardly_anything() -> None:
    empty = ProgrammeDocument(1, "", "", "", "", "")
    index = CatalogueIndex.build([empty])
    assert (ask(index).total, ask(index, "kaut kas").total, ask(index).hits[0].excerpt) == (1, 0, ())


def test_a_suggestion_is_spelt_as_the_catalogue_prints_it() -> None:
    index = CatalogueIndex.build(
        [
            programme(1, "AutoCAD rasēšana", summary="Darbs ar Excel. Darbs ar QGIS."),
            programme(2, "Excel un Excel"),
        ]
    )
    assert [
        ask(index, query).suggestion for query in ("autokadd", "exxcell", "qgissz rasesanna", "raseshanna")
    ] == [
        "AutoCAD",
        "Excel",
        "QGIS rasēšana",
        "rasēšana",
    ]


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("šefpavārs", "pavārs"),
        ("koktēlniecības kursi", "tēlniecības kursi"),
        ("tapsēšana", None),  # an ending is no word
        ("gleznošana", None),  # not "plānošana": nobody errs in the first letter
        ("plaanossana", "plānošana"),
        ("zeltumsuknis", "siltumsūknis"),  # but two letters of a long word may be wrong wherever they stand
    ],
)
def test_a_compound_is_a_kind_of_its_second_part(query: str, suggestion: str | None) -> None:
    index = titled("Pavārs", "Tēlniecības kursi", "Plānošana", "Ēšana", "Siltumsūknis")
    assert ask(index, query).suggestion == suggestion


def test_words_that_stand_together_as_typed_are_better() -> None:
    index = titled(
        "Personas datu aizsardzība ikdienas darbā", "Darba aizsardzības vadība lielā uzņēmumā un citur"
    )
    assert found(index, "darba aizsardzība") == [2, 1]
    assert found(index, "aizsardzība darbā") == [1, 2]
