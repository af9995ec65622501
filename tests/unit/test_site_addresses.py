import pytest

from workbook.site.addresses import file, links, relative


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "index.html"),
        ("/en/", "en/index.html"),
        ("/ar/step-3/code/chat/consumers.py", "ar/step-3/code/chat/consumers.py/index.html"),
        ("/en/step-2/changes/?view=split", "en/step-2/changes/view-split/index.html"),
        ("/en/step-2/changes/?view=unified", "en/step-2/changes/index.html"),
        (
            "/en/booklet/?teacher=yes&answers=sheet",
            "en/booklet/answers-sheet/teacher-yes/index.html",
        ),
        ("/static/web/css/base.css", "static/web/css/base.css"),
    ],
)
def test_each_address_is_a_file(address, name):
    """A page is a folder's own file, and what is asked for behind a question mark a folder."""
    assert file(address) == name


@pytest.mark.parametrize(
    ("written", "way"),
    [
        ("/en/", "../../"),
        ("/ar/step-3/code/", "../../../ar/step-3/code/"),
        ("/en/step-3/code/manage.py", "manage.py/"),
        ("/en/step-4/#layer", "../../step-4/#layer"),
        ("#L3", "#L3"),
        ("?view=split&amp;x=1", "view-split/x-1/"),
        ("/static/web/js/try.js", "../../../static/web/js/try.js"),
        ("https://example.com/", "https://example.com/"),
    ],
)
def test_an_address_is_written_as_seen_from_its_page(written, way):
    """Whatever the site stands under, the way from page to page is the same."""
    html = relative(f'<a class="x" href="{written}">x</a>', "/en/step-3/code/")

    assert html == f'<a class="x" href="{way}">x</a>'


def test_what_a_reader_reads_is_left_as_it_is():
    """Only the elements' own addresses are moved, not the code that a page shows."""
    html = '<code>&lt;a href="/chat/"&gt;</code> src="/x"'

    assert relative(html, "/en/") == html


def test_the_links_of_a_page_are_the_walkthroughs_pages():
    """Without anchors, and without files, sockets and other sites."""
    html = '<a href="../ar/#x"></a><form action="/en/search/"></form><img src="/figures/a.svg">'
    html += '<a href="https://example.com/"></a><p data-socket="/en/x/"></p>'

    assert list(links(html, "/en/")) == ["/ar/", "/en/search/"]
