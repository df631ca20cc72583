"""Long texts as Markdown files."""

from markdown_it import MarkdownIt


def title_of(source: str) -> str:
    """The first line, which is the heading."""
    return source.split("\n", 1)[0].lstrip("# ").strip()


def body_html(source: str) -> str:
    """Everything below the heading as HTML; tables are allowed, raw HTML is shown as text."""
    body = source.split("\n", 1)[1] if "\n" in source else ""
    html: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(body)
    return html
