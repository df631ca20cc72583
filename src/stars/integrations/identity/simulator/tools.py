"""The means of signing in that the page offers."""

from dataclasses import dataclass

_HIGH = "http://eidas.europa.eu/LoA/high"
_SUBSTANTIAL = "http://eidas.europa.eu/LoA/substantial"


@dataclass(frozen=True, slots=True)
class Tool:
    """One means: `slug` is its name in the `amr` claim, `assurance` the value of `acr`."""

    slug: str
    name_lv: str
    name_en: str
    assurance: str


EIDAS = Tool("eidas", "eIDAS", "eIDAS", _SUBSTANTIAL)
TOOLS = (
    Tool("eparaksts-mobile", "eParaksts mobile", "eParaksts mobile", _HIGH),
    Tool("eid", "eID karte", "eID card", _HIGH),
    Tool("smart-id", "Smart-ID", "Smart-ID", _HIGH),
    EIDAS,
)
DEFAULT_TOOL = TOOLS[0]


def tool_called(slug: str) -> Tool:
    """Return the tool of this slug, or the default one."""
    return next((tool for tool in TOOLS if tool.slug == slug), DEFAULT_TOOL)
